import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { optionalNumber, optionalText, text, textList, textMap } from '../../http/fields.ts'
import { Refusal } from '../../http/refusal.ts'
import type { Route } from '../../http/router.ts'
import type { Settings } from '../settings.ts'
import type { Environment } from './environment.ts'
import { runAs, signalGroup, type Start } from './run-as.ts'

const MAX_OUTPUT = 16 * 1024 * 1024

/** After the program ended, what it left in its pipes is read for this long; background children may keep them open. */
const DRAIN_MS = 250

/** One command with one answer: exit code and merged output. */
export function executeRoutes(settings: Settings, env: Environment): Route[] {
  const run = async (fields: Record<string, unknown>, command: Start['command']) => {
    const cwd = resolve(settings.workDir, optionalText(fields, 'cwd') ?? '.')
    const start: Start = { command, cwd, env: env.with(textMap(fields, 'envs')), stdio: ['ignore', 'pipe', 'pipe'] }
    return { status: 200, body: await execute(settings, start, optionalNumber(fields, 'timeout') ?? 0) }
  }
  return [
    {
      method: 'POST',
      path: '/process/execute',
      run: async (call) => {
        const fields = await call.fields()
        return run(fields, ['/bin/bash', '-c', text(fields, 'command')])
      },
    },
    {
      method: 'POST',
      path: '/process/code-run',
      run: async (call) => {
        const fields = await call.fields()
        return run(fields, interpreter(text(fields, 'language'), text(fields, 'code'), textList(fields, 'argv')))
      },
    },
  ]
}

function interpreter(language: string, code: string, argv: string[]): [string, ...string[]] {
  if (language === 'python') return ['python3', '-c', code, ...argv]
  const format = language === 'typescript' ? 'module-typescript' : 'module'
  return ['node', `--input-type=${format}`, '-e', code, '--', ...argv]
}

async function execute({ user }: Settings, start: Start, timeoutSeconds: number) {
  const child = runAs(user, start)
  let expired = false
  const expire = () => {
    expired = true
    signalGroup(child, 'SIGKILL')
  }
  const timer = timeoutSeconds > 0 ? setTimeout(expire, timeoutSeconds * 1000) : undefined
  const output = collect([child.stdout, child.stderr])
  const closed = once(child, 'close').catch(() => [])
  const [code, signal] = (await once(child, 'exit').catch((error: Error) => {
    throw new Refusal(400, `the command could not start: ${error.message}`)
  })) as [number | null, string | null]
  clearTimeout(timer)
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })])
  if (expired) throw new Refusal(408, 'command execution timeout', 'PROCESS_EXECUTION_TIMEOUT')
  return { exitCode: code ?? (signal === 'SIGKILL' ? 137 : 143), result: output() }
}

function collect(streams: readonly (Readable | null)[]): () => string {
  const chunks: Buffer[] = []
  let size = 0
  for (const stream of streams) {
    stream?.on('data', (chunk: Buffer) => {
      if (size < MAX_OUTPUT) chunks.push(chunk)
      size += chunk.length
    })
  }
  return () => {
    const kept = Buffer.concat(chunks).toString('utf8')
    return size > MAX_OUTPUT ? `${kept}\n[output cut at ${MAX_OUTPUT} bytes]\n` : kept
  }
}
