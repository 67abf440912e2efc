import { spawn, type ChildProcess } from 'node:child_process'
import type { Account } from './account.ts'

// Waits for the end of its input, which comes when the launcher is gone in whatever way.
const SCRIPT = 'read -r _; [ "$(head -n 1 "$2")" = "$1" ] && kill -INT "$1"'

/** Starts a shell that ends the server once this program is gone, so that `kill -9` and crashes leave no orphan. */
export const startKeeper = (pid: number, pidFile: string, account: Account): ChildProcess =>
  spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(pid), pidFile], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
