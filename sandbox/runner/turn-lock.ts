import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { RunJob } from '../../lib/contract/run.ts'
import { isAlive, startOf } from './processes.ts'

const Holder = z.object({ pid: z.int(), start: z.string(), mode: z.enum(['generate', 'sync']) })

/**
 * Makes this runner the only one of its sandbox: an earlier one is ended, for the newer job is the one that counts.
 * Answers false, and ends nothing, when files would be synced below a generation that works on them.
 */
export function takeTurn(folder: string, mode: RunJob['mode']): boolean {
  const file = join(folder, 'runner.json')
  const holder = existsSync(file) ? Holder.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined
  if (holder && isAlive(holder)) {
    if (mode === 'sync' && holder.mode === 'generate') return false
    process.kill(holder.pid, 'SIGKILL')
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, start: startOf(process.pid) ?? '', mode }), { mode: 0o600 })
  return true
}
