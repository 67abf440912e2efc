import { wishIn } from './wish.ts'
import type { MessageBlock, MessagesRequest, ToolResultBlock } from './request.ts'

/** Where a conversation stands: what was asked last, and what has been done about it since. */
export type Turn = {
  /** What the person wants built: their last prompt, with what it refers to. */
  prompt: string
  /** All that the person asked for in this conversation, and what an earlier part of it was summed up to. */
  prompts: readonly string[]
  memory: string
  /** The report of failed checks, when that is what came last. */
  report: string | undefined
  template: 'react' | 'static'
  /** How often the model has answered since the prompt or the report. */
  moves: number
  /** Files read since then: path in the project → text. */
  files: ReadonlyMap<string, string>
  /** Paths in the project that a `glob` found since then. */
  listing: readonly string[]
  /** Paths in the project that a `grep` found since then. */
  matches: readonly string[]
  /** Tool calls since then as "write src/App.tsx": those that were made, and those of them that went through. */
  tried: ReadonlySet<string>
  done: ReadonlySet<string>
  /** First lines of what the tools refused since then and did not take later. */
  failures: readonly string[]
  /** Whether the model may change files, read them, and ask the person. */
  canBuild: boolean
  canRead: boolean
  canAsk: boolean
  /** Whether the conversation is to be summed up now. */
  sumUp: boolean
}

const reportStart = /^\s*Checks failed:/
// Said by the program that runs the conversation, not by the person: the turn goes on.
const continuation = /^\s*(?:Your reply was cut off\b|What was said and decided until now, summed up:)/
const remembered = /^What was said and decided until now, summed up:\s*([^]*)/
const summaryAsked = /^Sum up this conversation now\b/

export function turnOf(request: MessagesRequest): Turn {
  const { messages } = request
  const asks = messages.flatMap((message, at) => (isAsk(message) ? [{ at, text: wordsOf(message) }] : []))
  const last = asks.at(-1) ?? { at: 0, text: '' }
  const sumUp = summaryAsked.test(last.text)
  const prompts = asks
    .map(({ text }) => text.trim())
    .filter((text) => !reportStart.test(text) && !summaryAsked.test(text))
  const offers = (...names: string[]) => names.every((name) => request.tools.some((tool) => tool.name === name))
  const since = messages.slice(last.at + 1)
  const system = textOf(request.system ?? '')
  return {
    prompt: wishIn(prompts),
    prompts,
    memory: messages.map((message) => remembered.exec(textOf(message.content))?.[1] ?? '').findLast(Boolean) ?? '',
    report: reportStart.test(last.text) ? last.text : undefined,
    template: /^Template: static\b/m.test(system) ? 'static' : 'react',
    moves: since.filter(({ role }) => role === 'assistant').length,
    ...seenIn(since, /^Project root: (.+)$/m.exec(system)?.[1]?.trim() ?? ''),
    canBuild: offers('write', 'edit', 'read'),
    canRead: offers('read', 'glob'),
    canAsk: offers('ask_person'),
    sumUp,
  }
}

type Message = MessagesRequest['messages'][number]

const blocksOf = ({ content }: Message): readonly MessageBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content

const isAsk = (message: Message): boolean =>
  message.role === 'user' &&
  !blocksOf(message).some((block) => block.type === 'tool_result') &&
  !continuation.test(textOf(message.content))

const textOf = (content: string | readonly { type: string }[]): string =>
  typeof content === 'string'
    ? content
    : content.flatMap((block) => ('text' in block && typeof block.text === 'string' ? [block.text] : [])).join('\n')

/** The person's own words stand last, behind what they point at. */
const wordsOf = (message: Message): string => {
  const texts = blocksOf(message).flatMap((block) => (isText(block) ? [block.text] : []))
  return texts.at(-1) ?? ''
}

const isText = (block: MessageBlock): block is MessageBlock & { text: string } =>
  block.type === 'text' && 'text' in block && typeof block.text === 'string'

/** What a tool said, without the frame that marks it as data. */
const unframed = (text: string): string => /^<data (\w+) from="[^"]*">\n([^]*)\n<\/data \1>$/.exec(text)?.[2] ?? text

function seenIn(
  messages: readonly Message[],
  root: string,
): Pick<Turn, 'files' | 'listing' | 'matches' | 'tried' | 'done' | 'failures'> {
  const blocks = messages.flatMap(blocksOf)
  const results = new Map(blocks.flatMap((block) => (isResult(block) ? [[block.tool_use_id, block] as const] : [])))
  const seen = {
    files: new Map<string, string>(),
    listing: [] as string[],
    matches: [] as string[],
    done: new Set<string>(),
    tried: new Set<string>(),
  }
  const refused = new Map<string, string>()
  for (const block of blocks) {
    const result = isCall(block) ? results.get(block.id) : undefined
    if (!isCall(block) || result === undefined) continue
    const name = nameOf(block)
    const text = unframed(textOf(result.content ?? ''))
    seen.tried.add(name)
    if (result.is_error === true) {
      refused.set(name, text.split('\n')[0] ?? '')
      continue
    }
    seen.done.add(name)
    refused.delete(name)
    if (block.name === 'read') seen.files.set(String(block.input['file_path']), text)
    if (block.name === 'grep') seen.matches.push(...matchesIn(text, root))
    if (block.name === 'glob') seen.listing.push(...text.split('\n').map((path) => inProject(path, root)))
  }
  return { ...seen, failures: [...refused.values()] }
}

type Call = Extract<MessageBlock, { type: 'tool_use'; input: object }>

const nameOf = ({ name, input }: Call): string =>
  `${name} ${String(input['file_path'] ?? input['command'] ?? input['pattern'])}`

const isCall = (block: MessageBlock): block is Call => block.type === 'tool_use' && 'input' in block
const isResult = (block: MessageBlock): block is ToolResultBlock => block.type === 'tool_result'

const matchesIn = (text: string, root: string): string[] =>
  [...text.matchAll(/^(.+?):\d+:/gm)].map((match) => inProject(match[1] ?? '', root))

const inProject = (path: string, root: string): string =>
  root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
