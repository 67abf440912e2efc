import { readFile } from 'node:fs/promises'
import { accentIn, asksForDark } from './colours.ts'
import type { Accent } from './colours.ts'
import { call, say } from './reply.ts'
import type { ReplyBlock } from './reply.ts'
import type { Turn } from './turn.ts'
import { capital, nounOf, plural, titleOf, topicOf } from './words.ts'

/** Something the scripted model can build; its files stand in `scenarios/<name>/files`. */
export type Scenario = {
  name: string
  template: Turn['template']
  /** Prompts that ask for it. */
  asks: RegExp
  /** What is said when the prompt does not say it. */
  title: string
  item: string
  /** Whether the prompt may say what its items are: a list "for plants" has plants. */
  takesItem?: boolean
  /** The colour it has when the prompt names none; without one, that of its stylesheet. */
  accent?: string
  opening: string
  steps: readonly Step[]
  /** The last words; `{{title}}` and `{{items}}` are filled in. */
  summary: string
}

/** One reply: a sentence, then the files written and the command run, in parallel. */
export type Step = { say: string; write: readonly string[]; run?: string }

/** How many refused tool calls are tried again before a scenario gives up. */
const patience = 4

/** The reply that comes next in building a scenario; `undefined` when nothing is left to do. */
export async function nextStep(scenario: Scenario, turn: Turn): Promise<ReplyBlock[] | undefined> {
  const step = turn.failures.length > patience ? undefined : scenario.steps.find((candidate) => isOpen(candidate, turn))
  if (step === undefined) return undefined
  const words = wordsOf(scenario, turn.prompt)
  const missing = step.write.filter((path) => !turn.done.has(`write ${path}`))
  const writes = missing.map(async (path) =>
    call('write', { file_path: path, content: await contentOf(scenario, path, turn.prompt) }),
  )
  const retitled = missing.includes('src/App.tsx') ? retitle(turn, words.title) : []
  const command = step.run === undefined ? [] : [call('bash', { command: step.run })]
  const again = step.write.some((path) => turn.tried.has(`write ${path}`))
  const spoken = again ? 'Not every file was written. Those once more.' : fill(step.say, words)
  return [say(spoken), ...(await Promise.all(writes)), ...retitled, ...command]
}

/** All that a scenario writes for a prompt, file by file, and the title it gives to the page. */
export async function writtenFor(scenario: Scenario, prompt: string): Promise<{ title: string; files: Written[] }> {
  const paths = scenario.steps.flatMap(({ write }) => write)
  const files = paths.map(async (path) => ({ path, content: await contentOf(scenario, path, prompt) }))
  return { title: titleOf(prompt, scenario.title), files: await Promise.all(files) }
}

type Written = { path: string; content: string }

const contentOf = async (scenario: Scenario, path: string, prompt: string): Promise<string> =>
  coloured(fill(await sourceOf(scenario, path), wordsOf(scenario, prompt)), scenario, prompt)

const isOpen = ({ write, run }: Step, { done, tried }: Turn): boolean =>
  write.some((path) => !done.has(`write ${path}`)) || (run !== undefined && !tried.has(`bash ${run}`))

export const summaryOf = (scenario: Scenario, prompt: string): string =>
  fill(scenario.summary, wordsOf(scenario, prompt))

/** Gives a stylesheet another accent; the same text when it has none. */
export const withAccent = (css: string, { light, dark }: Accent): string =>
  css.replace(/(--(?:color-)?accent: )light-dark\([^;]*\);/, `$1light-dark(${light}, ${dark});`)

const places = ['title', 'topic', 'Topic', 'item', 'items', 'Item', 'Items'] as const
const placeholder = new RegExp(`\\{\\{\\s*(${places.join('|')})\\s*\\}\\}`, 'g')

type Words = Record<(typeof places)[number], string>

function wordsOf({ title, item: usual, takesItem }: Scenario, prompt: string): Words {
  const item = takesItem === true ? nounOf(prompt, usual) : usual
  const items = plural(item)
  const topic = topicOf(prompt, title)
  return {
    title: titleOf(prompt, title),
    topic,
    Topic: capital(topic),
    item,
    items,
    Item: capital(item),
    Items: capital(items),
  }
}

const fill = (text: string, words: Words): string => text.replace(placeholder, (_, name: keyof Words) => words[name])

// What a scenario has no file of its own for, it shares with others.
const sourceOf = ({ name }: Scenario, path: string): Promise<string> =>
  textOf(`${name}/files/${path}`).catch(() => textOf(`shared/files/${path}`))

const textOf = (path: string): Promise<string> => readFile(new URL(`scenarios/${path}`, import.meta.url), 'utf8')

function coloured(text: string, { accent: usual = '' }: Scenario, prompt: string): string {
  const accent = accentIn(prompt) ?? accentIn(usual)
  const inAccent = accent === undefined ? text : withAccent(text, accent)
  return asksForDark(prompt) ? inAccent.replace('color-scheme: light dark;', 'color-scheme: dark;') : inAccent
}

function retitle(turn: Turn, title: string): ReplyBlock[] {
  const old = /<title>[^<]*<\/title>/.exec(turn.files.get('index.html') ?? '')?.[0]
  if (old === undefined) return []
  return [call('edit', { file_path: 'index.html', old_string: old, new_string: `<title>${title}</title>` })]
}
