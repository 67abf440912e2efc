import type { Attachment, Masked } from '../contract/generation.ts'
import { plainText } from './hidden-text.ts'
import { secretRules, type SecretRule } from './secret-rules.ts'

export interface Screened {
  text: string
  /** What was found and masked; the values themselves are kept nowhere. */
  masked: Masked[]
}

/** Words of a person as they may be stored and shown to a model: nothing hidden in them, every key and password masked. */
export function screenText(text: string): Screened {
  const found: Found = new Map()
  return { text: screened(text, found), masked: [...found.values()] }
}

interface Wish {
  prompt: string
  attachments: readonly Attachment[]
}

/** The same for a request and what it points at: a secret that stands in several places has one name. */
export function screenWish({ prompt, attachments }: Wish) {
  const found: Found = new Map()
  const text = screened(prompt, found).trim()
  const cleaned = attachments.map((attachment) => screenAttachment(attachment, found))
  return { prompt: text, attachments: cleaned, masked: [...found.values()] }
}

/** By the secret itself, so that it is named once. */
type Found = Map<string, Masked>

const longest = { words: 2_000, detail: 8_000 }

function screenAttachment(attachment: Attachment, found: Found): Attachment {
  const words = (text: string) => screened(text, found).slice(0, longest.words)
  switch (attachment.kind) {
    case 'image':
      return attachment
    case 'element': {
      const { kind, selector, tag, text, html } = attachment
      return { kind, selector: words(selector), tag: plainText(tag), text: words(text), html: words(html) }
    }
    case 'error': {
      const { kind, source, message, detail } = attachment
      return { kind, source, message: words(message), detail: screened(detail, found).slice(0, longest.detail) }
    }
  }
}

function screened(text: string, found: Found): string {
  const masked = secretRules.reduce((rest, rule) => maskOne(rest, rule, found), plainText(text))
  // What was given away by its name once may stand elsewhere without it.
  const long = [...found].filter(([value]) => value.length >= 8)
  return long.reduce((rest, [value, { placeholder }]) => rest.replaceAll(value, placeholder), masked)
}

function maskOne(text: string, rule: SecretRule, found: Found): string {
  let masked = ''
  let upTo = 0
  for (const match of text.matchAll(rule.pattern)) {
    const [start, end] = placeOf(match)
    const value = text.slice(start, end)
    if (rule.isReal && !rule.isReal(value, match)) continue
    masked += text.slice(upTo, start) + nameIt(value, { rule, match, found, text }).placeholder
    upTo = end
  }
  return masked + text.slice(upTo)
}

const groups = ['value', 'double', 'single', 'tick', 'bare']

function placeOf({ indices, index, 0: whole }: RegExpExecArray): [start: number, end: number] {
  const named = groups.map((name) => indices?.groups?.[name]).find((place) => place !== undefined)
  return named ?? [index, index + whole.length]
}

interface Place {
  rule: SecretRule
  match: RegExpExecArray
  found: Found
  text: string
}

function nameIt(value: string, { rule, match, found, text }: Place): Masked {
  const known = found.get(value)
  if (known) return known
  const wanted = variableName(match.groups?.['name']) ?? rule.name
  const taken = (name: string) =>
    text.includes(`[secret: ${name}]`) || [...found.values()].some((other) => other.name === name)
  let name = wanted
  for (let n = 2; taken(name); n++) name = `${wanted}_${n}`
  const masked = { kind: rule.kind, placeholder: `[secret: ${name}]`, name }
  found.set(value, masked)
  return masked
}

/** "stripe api key", "dbPassword" and "db-password" as names of variables. */
function variableName(words: string | undefined): string | undefined {
  const name = words
    ?.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[^A-Za-z]+|_+$/g, '')
    .toUpperCase()
  return name === undefined || name === '' ? undefined : name.slice(0, 60)
}
