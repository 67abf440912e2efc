import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { installTemplates } from '../../scripts/install-templates.ts'
import { until } from '../world/until.ts'

const root = join(import.meta.dirname, '../..')

/** A data folder of its own; templates that are installed already are not installed again. */
export async function openFolder(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp('/var/tmp/everjust-command-')
  t.after(() => rm(folder, { recursive: true, force: true }))
  await installTemplates({ dataDir: join(root, 'build'), say: () => {} })
  cpSync(join(root, 'build/templates'), join(folder, 'templates'), { recursive: true, verbatimSymlinks: true })
  return folder
}

/** One of our commands as a process of its own. */
export interface Command {
  child: ChildProcess
  /** All it has printed. */
  said(): string
  /** Resolves to the first match of what it prints; rejects with all it printed when that takes too long. */
  says(wanted: RegExp, seconds?: number): Promise<RegExpExecArray>
  /** Resolves to the exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

export function run(t: Pick<TestContext, 'after'>, [task, ...args]: [string, ...string[]], dataDir: string): Command {
  const child = spawn(process.execPath, [join(root, 'scripts', `${task}.ts`), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], EVERJUST_DATA_DIR: dataDir, EVERJUST_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => (printed += String(chunk)))
  const ended = new Promise<number | string>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  )
  t.after(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return {
    child,
    said: () => printed,
    ended,
    async says(wanted, seconds = 60) {
      const text = await until(
        () => printed,
        (all) => wanted.test(all) || child.exitCode !== null,
        seconds * 1_000,
      )
      const match = wanted.exec(text)
      if (!match) throw new Error(`it ended (${child.exitCode}) without saying ${wanted}:\n${text}`)
      return match
    },
  }
}

/** A process of this machine, told from a later one with the same number by when it began. */
export interface Seen {
  pid: number
  began: string
  command: string
}

/** All processes below this one, in whatever namespace they run. */
export function descendants(pid: number): Seen[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? stateOf(Number(name)) : []))
  const below = (parent: number): typeof all =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)])
  return below(pid).map(({ pid: found, began, command }) => ({ pid: found, began, command }))
}

export const isAlive = ({ pid, began }: Seen): boolean => stateOf(pid).some((now) => now.began === began)

function stateOf(pid: number): (Seen & { parent: number })[] {
  if (!existsSync(`/proc/${pid}/stat`)) return []
  try {
    const [, rest = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    if (fields[0] === 'Z') return []
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return [{ pid, parent: Number(fields[1]), began: fields[19] ?? '', command }]
  } catch {
    // It ended while it was looked at.
    return []
  }
}
