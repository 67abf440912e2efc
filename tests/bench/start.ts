import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { installTemplates } from '../../scripts/install-templates.ts'
import { median } from './parts/statistics.ts'
import { within, type Row } from './row.ts'

const root = join(import.meta.dirname, '../..')
const rounds = 2

/** `npm start` until it says that it is ready, on a data folder on which it ran before. */
export async function measure(): Promise<Row[]> {
  const build = join(root, 'build')
  await installTemplates({ dataDir: build, say: () => {} })
  const dataDir = await mkdtemp('/var/tmp/everjust-bench-')
  try {
    await symlink(join(build, 'templates'), join(dataDir, 'templates'))
    const took: number[] = []
    for (let round = 0; round <= rounds; round++) took.push(await untilReady(dataDir))
    const measured = median(took.slice(1)) / 1_000
    return [within({ figure: '`npm start` to ready, warm', measured, unit: 's' }, { atMost: 10 })]
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Milliseconds; the stack has stopped again when this resolves. */
async function untilReady(dataDir: string): Promise<number> {
  const env = { ...process.env, EVERJUST_DATA_DIR: dataDir, EVERJUST_PORT: '0' }
  const started = performance.now()
  // A group of its own, which gets the signal as from a terminal.
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = once(child, 'exit')
  let said = ''
  let ready = 0
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString('utf8')
    if (ready > 0 || !said.includes('EverJust is ready:')) continue
    ready = performance.now() - started
    if (child.pid) process.kill(-child.pid, 'SIGINT')
  }
  await gone
  if (ready === 0) throw new Error(`npm start ended before it was ready: ${said.slice(-500)}`)
  return ready
}
