import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { RunJob } from '../../lib/contract/run.ts'
import { isAlive, startOf } from './app/processes.ts'

const Holder = z.object({ pid: z.int(), start: z.string(), mode: z.enum(['generate', 'sync']) })
type Holder = z.infer<typeof Holder>

const fileOf = (folder: string, turn: number) => join(folder, `runner.${turn}.json`)

/** The runner of a sandbox: the one that works, or the one that was killed at its work. */
export const holderOf = (folder: string): Holder | undefined => lastTurn(folder).holder

/**
 * Makes this runner the only one of its sandbox: an earlier one is ended, for the newer job is the one that counts.
 * Answers false, and ends nothing, when files would be synced below a generation that works on them, or when it comes
 * `after` one that has been replaced meanwhile.
 */
export function takeTurn(folder: string, mode: RunJob['mode'], after?: string): boolean {
  const own: Holder = { pid: process.pid, start: startOf(process.pid) ?? '', mode }
  for (;;) {
    const { turn, holder } = lastTurn(folder)
    if (after !== undefined && (!holder || after !== `${holder.pid}:${holder.start}`)) return false
    const isWorking = holder !== undefined && isAlive(holder)
    if (isWorking && mode === 'sync' && holder.mode === 'generate') return false
    // Taken first: whoever finds the other one dead sees that it was replaced.
    if (!put(fileOf(folder, turn + 1), own, linkSync)) continue
    endAllBefore(folder, turn + 1)
    process.once('exit', () => put(fileOf(folder, turn + 1), {}, renameSync))
    return true
  }
}

/** All of them: the one before may itself have been ended before it came to end its own. */
function endAllBefore(folder: string, own: number) {
  for (const turn of turnsIn(folder).filter((turn) => turn < own)) {
    const holder = holderIn(folder, turn)
    if (holder && isAlive(holder)) kill(holder.pid)
    if (turn < own - keptTurns) rmSync(fileOf(folder, turn), { force: true })
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It ended by itself a moment ago.
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/** Turns stay taken: were a number free again, a runner that looked a moment ago could take it and be ended for it later. */
const keptTurns = 20

/**
 * Writes the file of a turn. A link is made by one only: of two runners that start at the same moment, the second finds
 * the first. When its runner ends by itself the file stays, with nobody in it.
 */
function put(file: string, content: object, into: typeof linkSync): boolean {
  const draft = `${file}.${process.pid}.draft`
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 })
  try {
    into(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function lastTurn(folder: string): { turn: number; holder: Holder | undefined } {
  for (;;) {
    const turn = Math.max(0, ...turnsIn(folder))
    const holder = holderIn(folder, turn)
    // Looked up again when another one took the next turn, and cleared this one away, before it was read.
    if (holder !== null || turn === 0) return { turn, holder: holder ?? undefined }
  }
}

/** Null when there is no such file, undefined when nobody is in it. */
function holderIn(folder: string, turn: number): Holder | undefined | null {
  try {
    return Holder.safeParse(JSON.parse(readFileSync(fileOf(folder, turn), 'utf8'))).data
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

const turnsIn = (folder: string) =>
  readdirSync(folder).map((name) => Number(/^runner\.(\d+)\.json$/.exec(name)?.[1] ?? 0))

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
