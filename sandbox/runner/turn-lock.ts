import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { RunJob } from '../../lib/contract/run.ts'
import { isAlive, startOf } from './app/processes.ts'

const Holder = z.object({ pid: z.int(), start: z.string(), mode: z.enum(['generate', 'sync']) })
type Holder = z.infer<typeof Holder>

const fileIn = (folder: string) => join(folder, 'runner.json')

/** The runner of a sandbox: the one that works, or the one that was killed at its work. */
export function holderOf(folder: string): Holder | undefined {
  const file = fileIn(folder)
  return existsSync(file) ? Holder.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined
}

/**
 * Makes this runner the only one of its sandbox: an earlier one is ended, for the newer job is the one that counts.
 * Answers false, and ends nothing, when files would be synced below a generation that works on them, or when it comes
 * `after` one that has been replaced meanwhile.
 */
export function takeTurn(folder: string, mode: RunJob['mode'], after?: string): boolean {
  const holder = holderOf(folder)
  if (after !== undefined && (!holder || after !== `${holder.pid}:${holder.start}`)) return false
  const isWorking = holder !== undefined && isAlive(holder)
  if (isWorking && mode === 'sync' && holder.mode === 'generate') return false
  const own: Holder = { pid: process.pid, start: startOf(process.pid) ?? '', mode }
  // Written first: whoever finds the other one dead sees that it was replaced.
  writeFileSync(`${fileIn(folder)}.new`, JSON.stringify(own), { mode: 0o600 })
  renameSync(`${fileIn(folder)}.new`, fileIn(folder))
  if (isWorking) process.kill(holder.pid, 'SIGKILL')
  process.once('exit', () => {
    if (holderOf(folder)?.pid === own.pid) rmSync(fileIn(folder))
  })
  return true
}
