import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { writeFile } from 'node:fs'
import type { Account } from '../settings.ts'

export type Start = {
  readonly command: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Record<string, string>
  readonly stdio: StdioOptions
}

/** Starts a program as that account, in a process group of its own, first in line when memory runs out. */
export function runAs(account: Account, start: Start): ChildProcess {
  const limit = account.processes === undefined ? [] : ['prlimit', `--nproc=${account.processes}`]
  const [file = '', ...args] = [...limit, ...start.command]
  const child = spawn(file, args, {
    cwd: start.cwd,
    env: start.env,
    stdio: start.stdio,
    detached: true,
    ...(mayChangeAccount() ? { uid: account.uid, gid: account.gid } : {}),
  })
  if (child.pid !== undefined) writeFile(`/proc/${child.pid}/oom_score_adj`, '500', () => undefined)
  return child
}

/** Sends a signal to a program started with `runAs` and everything it started; one that is gone already is left alone. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

/** Whether anything of a program started with `runAs` is left. */
export function groupLives(child: ChildProcess): boolean {
  if (child.pid === undefined) return false
  try {
    return process.kill(-child.pid, 0)
  } catch {
    return false
  }
}

function mayChangeAccount(): boolean {
  return process.getuid?.() === 0
}
