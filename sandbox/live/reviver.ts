import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { holderOf } from '../runner/turn-lock.ts'
import { isAlive, startOf } from '../runner/app/processes.ts'
import type { Revival } from './wire.ts'

const mostRevivals = 3
const deadWithin = 10_000

/**
 * Starts a runner again that was killed in the middle of its work, at once and with the same job: nobody has to wait
 * until its lease has run out. A runner that ended by itself, or that another one replaced, is left at rest.
 */
export function openReviver(folder: string) {
  let current: Revival | undefined
  let revivals = 0
  return { watch }

  /** Remembers a runner that works; what is answered is called when its connection is gone. */
  function watch(revival: Revival): () => void {
    if (JSON.stringify(revival.job) !== JSON.stringify(current?.job)) revivals = 0
    current = revival
    return () => void lookAfter(revival, markOf(revival)).catch(leave)
  }

  /** `before` may still hold the turn, if the runner was killed before it took it. */
  async function lookAfter(revival: Revival, before: string) {
    for (const until = Date.now() + deadWithin; isAlive(revival); await pause(20)) if (Date.now() > until) return
    const holder = holderOf(folder)
    const mark = holder && markOf(holder)
    if (mark === undefined || (mark !== markOf(revival) && mark !== before)) return
    if (!current || markOf(current) !== markOf(revival) || revivals++ >= mostRevivals) return
    const child = start(folder, revival, mark)
    if (child.pid === undefined) return
    const next = { ...revival, pid: child.pid, start: startOf(child.pid) ?? '' }
    current = next
    child.once('exit', () => void lookAfter(next, mark).catch(leave))
  }
}

/** One that cannot be started again is left to its lease; the gateway serves on. */
const leave = (error: unknown) => console.error(`not revived: ${String(error)}`)

const markOf = ({ pid, start }: { pid: number; start: string }) => `${pid}:${start}`

function start(folder: string, { job, env }: Revival, after: string): ChildProcess {
  const file = join(folder, `job-${randomUUID()}.json`)
  writeFileSync(file, JSON.stringify(job), { mode: 0o600 })
  const log = openSync(join(folder, 'live.log'), 'a', 0o600)
  const program = join(dirname(process.argv[1] ?? ''), 'runner.js')
  const options = { cwd: '/', env, detached: true, stdio: ['ignore', log, log] } satisfies SpawnOptions
  const child = spawn(process.execPath, [program, file, after], options)
  closeSync(log)
  child.on('error', () => undefined)
  // One that was killed before it took its job.
  child.on('exit', () => rmSync(file, { force: true }))
  child.unref()
  return child
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
