import { call, say } from '../reply.ts'
import type { ReplyBlock } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { capital, safe } from '../words.ts'
import { edit } from './change.ts'
import type { Change } from './change.ts'

type Field = { key: string; label: string; type: string }

/** One more thing to note down about each item: in its type, in the form, and where it is shown. */
export const addField: Change = {
  asks: (prompt) => fieldIn(prompt) !== undefined,
  next(turn) {
    const field = fieldIn(turn.prompt)
    const components = turn.listing.filter((path) => /^src\/components\/\w+\.tsx$/.test(path)).sort()
    const hasForm = components.some((path) => /\/Add\w+\.tsx$/.test(path))
    if (field === undefined || !hasForm || !turn.listing.includes('src/types.ts')) return undefined
    return replies[Math.min(turn.moves, 5) - 1]?.(turn, field, components)
  },
}

type Reply = (turn: Turn, field: Field, components: string[]) => ReplyBlock[]

const replies: Reply[] = [
  (_, { label }, components) => [
    say(`${label} touches the type, the form and the row. I’ll read those.`),
    ...['src/types.ts', ...components].map((path) => call('read', { file_path: path })),
  ],
  ({ files }, field) => {
    const blocks = [...inType(files, field), ...inSubmit(files, field), ...inRow(files, field)]
    return blocks.length === 3 ? [say('First what is kept and shown.'), ...blocks] : [say(noRoom(field))]
  },
  ({ files }, field) => [say('Then the input that asks for it.'), ...inForm(files, field)],
  () => [call('bash', { command: 'npm run check' })],
  (_, { label }) => [
    say(
      `Each one can have “${label}” now: it is an optional field of the form and shows beside the title. What was there before stays as it is.`,
    ),
  ],
]

const noRoom = ({ label }: Field): string =>
  `I looked for a place for “${label}” and found none that a script can change safely, so nothing was changed.`

function inType(files: Turn['files'], { key }: Field): ReplyBlock[] {
  const start = /export type \w+ = \{\n  id: string\n/.exec(files.get('src/types.ts') ?? '')?.[0]
  return start === undefined ? [] : [edit('src/types.ts', start, `${start}  ${key}?: string\n`)]
}

function inSubmit(files: Turn['files'], { key }: Field): ReplyBlock[] {
  const form = formIn(files)
  return form === undefined ? [] : [edit(form[0], 'onAdd({ ', `onAdd({ ${key}: String(form.get('${key}') ?? ''), `)]
}

function inForm(files: Turn['files'], { key, label, type }: Field): ReplyBlock[] {
  const form = formIn(files)
  const button = /^([ \t]*)<button\b/m.exec(form?.[1] ?? '')
  if (form === undefined || button === null) return []
  const input = `${button[1]}<input name="${key}" type="${type}" aria-label="${label}" placeholder="${label}" className="field" />`
  return [edit(form[0], button[0], `${input}\n${button[0]}`)]
}

function inRow(files: Turn['files'], { key, label }: Field): ReplyBlock[] {
  for (const [path, text] of files) {
    const shown = /^([ \t]*)(?:<(?:p|span|h[23])\b[^<]*)?\{(\w+)\.title\}\s*<\/(?:p|span|h[23])>/m.exec(text)
    if (shown === null || path === 'src/App.tsx') continue
    const [whole, indent = '', name = ''] = shown
    const extra = `{${name}.${key} ? <span className="meta">${label}: {${name}.${key}}</span> : null}`
    return [edit(path, whole, `${whole}\n${whole.includes('\n') ? indent.slice(2) : indent}${extra}`)]
  }
  return []
}

const formIn = (files: Turn['files']): [string, string] | undefined =>
  [...files].find(([path, text]) => /\/Add\w+\.tsx$/.test(path) && text.includes('onAdd({ '))

const wellKnown =
  'due date|deadline|date|priority|notes?|tags?|location|place|category|description|emoji|link|url|time|phone|email|owner|assignee'

function fieldIn(prompt: string): Field | undefined {
  const asked =
    /\badd (?:an?|another|the)?\s*(?:new |optional |extra )*([a-z][a-z -]{1,24}?) (?:field|column|input|property)\b/i.exec(
      prompt,
    )?.[1] ??
    new RegExp(`\\badd (?:an? |the )?(?:new |optional )?(${wellKnown})\\b`, 'i').exec(prompt)?.[1] ??
    /\bfield (?:for|called|named) (?:the |an? )?["“]?([a-z][a-z ]{1,24})/i.exec(prompt)?.[1]
  const words = safe(asked ?? '')
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => /^[a-z]+$/.test(word))
  const [first, ...rest] = words
  if (first === undefined) return undefined
  const label = capital(words.join(' '))
  return { key: first + rest.map(capital).join(''), label, type: typeOf(label) }
}

const typeOf = (label: string): string =>
  /date|deadline|day/i.test(label) ? 'date' : /link|url/i.test(label) ? 'url' : /email/i.test(label) ? 'email' : 'text'
