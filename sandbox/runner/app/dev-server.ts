import type { StdioOptions } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { place } from '../../place.ts'
import { viteStartOf } from '../../preview/dev-script.ts'
import { spawnAsApp } from '../host/app-user.ts'
import { parsed } from '../../parsed.ts'
import { pageAt } from './page-at.ts'
import { isAlive, startOf } from './processes.ts'
import type { ToolHost } from '../host/tool-host.ts'

const readyWithin = 30_000
const endsWithin = 5_000
const mostLog = 10 * 1024 * 1024
const mostRead = 64 * 1024
const programs = dirname(process.argv[1] ?? '')
const ofStatic = ['node', 'tools/dev.js'] as const
const Running = z.object({ pid: z.int(), start: z.string() })

/** The project's own server, which shows the preview: it outlives the runner, and is started again when it died. */
export function openDevServer(folder: string, { host, origins }: { host: ToolHost; origins: readonly string[] }) {
  const state = join(folder, 'dev-server.json')
  const log = join(folder, 'dev-server.log')

  return { start, restart, page, logSize: () => sizeOf(log), logSince: (from: number) => readSince(log, from) }

  /** Settles when the server answers. Rejects, with what it said last, when it does not within 30 s. */
  async function start(): Promise<void> {
    if (!isAlive(read(state))) await launch()
    const from = Date.now()
    while ((await page('/')) === undefined) {
      if (!isAlive(read(state)) || Date.now() - from > readyWithin) {
        throw new Error(`The dev server does not answer. ${readSince(log, 0).trim().slice(-1_000)}`)
      }
      await pause(50)
    }
  }

  async function restart(): Promise<void> {
    await end(read(state))
    await start()
  }

  async function launch() {
    const script = (await host.ask({ op: 'scripts' }))['dev']
    if (script === undefined) throw new Error('package.json has no script named dev.')
    if (existsSync(log) && sizeOf(log) > mostLog) truncateSync(log)
    const output = openSync(log, 'a', 0o600)
    const stdio: StdioOptions = ['ignore', output, output]
    const [program, ...args] = commandOf(script)
    const child = spawnAsApp(program, args, { cwd: place.project, env: environment(origins), detached: true, stdio })
    // A shell that cannot start is found dead by whoever waits for its answer.
    child.on('error', () => undefined)
    child.unref()
    closeSync(output)
    if (child.pid)
      writeFileSync(state, JSON.stringify({ pid: child.pid, start: startOf(child.pid) ?? '' }), { mode: 0o600 })
  }
}

const environment = (origins: readonly string[]) => ({
  PATH: `${join(place.project, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
  PORT: String(place.ports.preview),
  HOST: place.host,
  NO_COLOR: '1',
  // What pages are given in the preview alone, and the windows that they may talk with.
  EVERJUST_PREVIEW: programs,
  EVERJUST_PREVIEW_ORIGINS: origins.join(' '),
})

/**
 * The project's Vite is started by a program of ours, with its settings; the server of a static site is shown what the
 * preview gives pages, for it may be older than that; whatever else serves the project runs as it stands.
 */
function commandOf(script: string): [string, ...string[]] {
  if (script === ofStatic.join(' '))
    return [process.execPath, '--require', join(programs, 'preview-older.js'), ofStatic[1]]
  const start = viteStartOf(script)
  if (!start) return ['/bin/sh', '-c', script]
  return [process.execPath, join(programs, 'preview.js'), JSON.stringify(start)]
}

const page = (path: string) => pageAt(place.ports.preview, path)

export type DevServer = ReturnType<typeof openDevServer>

/** Ends a server with all that it started, and waits until it is gone: one that still dies is no server to wait for. */
async function end(running: z.infer<typeof Running> | undefined) {
  if (!running || !isAlive(running)) return
  try {
    process.kill(-running.pid, 'SIGKILL')
  } catch {
    // It was gone by then.
  }
  for (const until = Date.now() + endsWithin; isAlive(running) && Date.now() < until;) await pause(20)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Nothing when a runner was ended while it wrote. */
function read(state: string) {
  return Running.safeParse(existsSync(state) ? parsed(readFileSync(state, 'utf8')) : undefined).data
}

const sizeOf = (file: string) => (existsSync(file) ? withFile(file, (handle) => fstatSync(handle).size) : 0)

function readSince(file: string, from: number): string {
  if (!existsSync(file)) return ''
  return withFile(file, (handle) => {
    const start = Math.max(from, fstatSync(handle).size - mostRead)
    const bytes = Buffer.alloc(mostRead)
    return bytes.toString('utf8', 0, readSync(handle, bytes, 0, mostRead, start))
  })
}

function withFile<T>(file: string, work: (handle: number) => T): T {
  const handle = openSync(file, 'r')
  try {
    return work(handle)
  } finally {
    closeSync(handle)
  }
}
