import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Progress } from '../../lib/contract/event.ts'
import { entryOf } from './install.ts'
import { openNarrator, type SdkMessage } from './say.ts'

interface Building {
  /** Where the engine is installed. */
  folder: string
  project: string
  /** Where it may keep its own state; nothing outside of these two is written. */
  state: string
  gateway: string
  /** Of this run alone. */
  token: string
  model: string
  system: string
  prompt: string
  mostTurns: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

interface Built {
  outcome: 'succeeded' | 'failed'
  answer: string
  turns: number
}

/** One prompt from its first request to its last word. Rejects when the program itself breaks. */
export async function build(given: Building): Promise<Built> {
  const { query } = (await import(pathToFileURL(entryOf(given.folder)).href)) as { query: Query }
  await mkdir(join(given.state, 'config'), { recursive: true })
  const narrator = openNarrator(given.onProgress ?? (() => {}))
  const controller = new AbortController()
  given.signal?.addEventListener('abort', () => controller.abort(), { once: true })
  for await (const message of query({ prompt: given.prompt, options: optionsOf(given, controller) })) {
    narrator.hear(message)
    if (message.type === 'result') return endingOf(message)
  }
  return { outcome: 'failed', answer: '', turns: 0 }
}

type Query = (asked: { prompt: string; options: Record<string, unknown> }) => AsyncIterable<SdkMessage>

/** An error of the API is told as a success with a flag, so the flag counts. */
const endingOf = ({ subtype, is_error, result, num_turns }: SdkMessage): Built => ({
  outcome: subtype === 'success' && !is_error ? 'succeeded' : 'failed',
  answer: result ?? '',
  turns: num_turns ?? 0,
})

const tools = ['Read', 'Write', 'Edit', 'Glob', 'Grep', 'Bash']

const optionsOf = (given: Building, abortController: AbortController) => ({
  abortController,
  cwd: given.project,
  model: given.model,
  systemPrompt: given.system,
  tools,
  allowedTools: tools,
  permissionMode: 'dontAsk',
  settingSources: [],
  persistSession: false,
  includePartialMessages: true,
  maxTurns: given.mostTurns,
  // This replaces the environment: nothing of ours is in it but the token of the run.
  env: {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: given.state,
    CLAUDE_CONFIG_DIR: join(given.state, 'config'),
    ANTHROPIC_BASE_URL: given.gateway,
    ANTHROPIC_AUTH_TOKEN: given.token,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
    CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
    CLAUDE_CODE_MAX_RETRIES: '2',
    DISABLE_TELEMETRY: '1',
  },
})
