import { readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'

/** A word for people that stands in a source, where a message should. */
export interface FoundWord {
  line: number
  text: string
}

interface Node {
  type: string
  start?: number
  [key: string]: unknown
}

/** Names that are the same in every language, and words for browsers that look like words for people. */
const names =
  /EverJust|GitHub|Claude|Anthropic|English|Deutsch|Geist(?: Mono)?|Auth0|npm|Bearer|noopener|noreferrer|https?:\/\/\S*|AGENTS\.md|WebSocket|JSON|CSS|HTML|KB|MB|QR|[A-Z]+(?:_[A-Z]+)+/g
const ofBrowsers =
  /^(?:Arrow(?:Left|Right|Up|Down)?|Files|Page(?:Up|Down)|Home|End|Enter|Escape|Tab|Delete|Backspace|Alt|Control|Meta|Shift|Dead|Esc|Ctrl|Space|Bearer|AltGraph|Mod\S*|BUTTON|[A-Z]+|F\d+)$/
/** Attributes whose values are read out or shown. */
const spoken = new Set(['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'alt'])
const written = new Set(['placeholder', 'label'])
/** Where strings are for programs, whatever they look like. */
const programs = new Set(
  'class style id for href src d viewBox keys sandbox allow role rel autocomplete aria-controls aria-labelledby aria-describedby aria-activedescendant aria-owns popovertarget'.split(
    ' ',
  ),
)

export function wordsIn(path: string): FoundWord[] {
  const text = readFileSync(path, 'utf8')
  const source = path.endsWith('.svelte') ? text : `<script lang="ts">${text}</script>`
  const tree = parse(source, { modern: true }) as unknown as { fragment: Node; instance?: Node; module?: Node }
  const found: FoundWord[] = []
  const note = (node: Node, words: string) =>
    found.push({
      line: source.slice(0, node.start ?? 0).split('\n').length,
      text: words.trim().replaceAll(/\s+/g, ' '),
    })
  for (const part of [tree.fragment, tree.instance, tree.module]) if (part) walk(part, note)
  return found
}

type Note = (node: Node, words: string) => void

function walk(node: Node, note: Note): void {
  if (skipped(node)) return
  if (node.type === 'Text' && hasLetters(String(node['data']))) note(node, String(node['data']))
  if (node.type === 'Literal' && typeof node['value'] === 'string' && forPeople(node['value']))
    note(node, node['value'])
  if (node.type === 'TemplateElement') lookAtTemplate(node, note)
  if (node.type === 'Attribute') return lookAtAttribute(node, note)
  if (node.type === 'CallExpression' && asksPrograms(node)) return
  if (node.type === 'BinaryExpression' && /^[!=]==$/.test(String(node['operator']))) return
  // The name of a property is for programs: what a library calls its own words, too.
  const isNamed = node.type === 'Property' && node['computed'] !== true
  for (const [key, value] of Object.entries(node)) {
    if (!unread.has(key) && !(isNamed && key === 'key')) each(value, (child) => walk(child, note))
  }
}

/** A syntax tree, or a list of what programs say, is asked whether it has something of a name; nobody reads what is compared. */
function asksPrograms({ callee }: Node): boolean {
  const { property } = callee as { property?: { name?: string } }
  return /^(?:getChild|getChildren|includes|startsWith|endsWith)$/.test(property?.name ?? '')
}

/** Parts of the tree that say where things stand, or hold types and what was parsed before. */
const unread = new Set([
  'type',
  'start',
  'end',
  'loc',
  'metadata',
  'typeAnnotation',
  'typeArguments',
  'leadingComments',
])

function each(value: unknown, visit: (node: Node) => void): void {
  for (const item of Array.isArray(value) ? value : [value])
    if (typeof item === 'object' && item !== null && 'type' in item) visit(item as Node)
}

function skipped(node: Node): boolean {
  if (['ImportDeclaration', 'Comment', 'StyleSheet'].includes(node.type) || node.type.startsWith('TS')) {
    return !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type)
  }
  const key = node['key'] as { name?: string } | undefined
  if (node.type === 'Attribute') return programs.has(String(node['name']))
  return node.type === 'StyleDirective' || (node.type === 'Property' && programs.has(key?.name ?? ''))
}

function lookAtAttribute(node: Node, note: Note): void {
  const name = String(node['name'])
  each(node['value'], (part) => {
    const text = part.type === 'Text' ? String(part['data']) : ''
    const said = spoken.has(name) || written.has(name) ? hasLetters(text) : forPeople(text)
    if (said) note(part, text)
    else if (part.type !== 'Text') walk(part, note)
  })
}

function lookAtTemplate(node: Node, note: Note): void {
  const { cooked } = node['value'] as { cooked: string }
  if (/\p{L}{2,}[,.]? \p{L}|^\p{Lu}\p{Ll}+ /u.test(cooked.replaceAll(tags, '').replaceAll(names, '')))
    note(node, cooked)
}

const tags = /<[^<>]*>?/g
const hasLetters = (text: string) => /\p{L}/u.test(text.replaceAll(names, ''))

/** A sentence, a capitalized word, or several plain words; not a key, a selector or a path. */
function forPeople(text: string): boolean {
  const rest = text.replaceAll(names, '').trim()
  if (ofBrowsers.test(rest) || /^[A-Z]+(?:[a-z]+[A-Z]|[A-Z][a-z])\w*$/.test(rest)) return false
  return /^\p{Lu}\p{L}{2,}(?:[….!?:]?$|[,:;]? )/u.test(rest) || /^\p{L}{2,}(?: \p{L}+)+[….?]?$/u.test(rest)
}
