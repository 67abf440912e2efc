import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { spawn } from '@lydell/node-pty'
import { place } from '../place.ts'

interface Size {
  cols: number
  rows: number
}

const shells = ['/bin/bash', '/bin/sh']
const patienceMs = 1_500

/** A shell in the project's folder on a terminal of its own; undefined where none can be opened. */
export function openPty({ cols, rows }: Size) {
  const cwd = existsSync(place.project) ? place.project : place.home
  const shell = shells.find((path) => existsSync(path)) ?? '/bin/sh'
  const pty = attempt(() =>
    spawn(shell, [], { name: 'xterm-256color', cols, rows, cwd, env: environment(), encoding: null }),
  )
  if (!pty) return undefined
  return {
    onData: (take: (bytes: Buffer) => void) =>
      void pty.onData((data: string | Buffer) => take(typeof data === 'string' ? Buffer.from(data) : data)),
    onExit: (gone: (code: number) => void) => void pty.onExit(({ exitCode }) => gone(exitCode)),
    // A shell that just ended takes no more; what is said to it then is lost, as it should be.
    write: (bytes: Buffer) => void attempt(() => pty.write(bytes.toString('utf8'))),
    resize: (size: Size) => void attempt(() => pty.resize(size.cols, size.rows)),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    end: () => endSession(pty.pid),
  }
}
export type Pty = NonNullable<ReturnType<typeof openPty>>

/** The gateway gave us a clean environment; a shell adds what a person at it expects. */
function environment(): Record<string, string> {
  const passed = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !left.test(entry[0]),
  )
  return {
    ...Object.fromEntries(passed),
    HOME: place.home,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    PS1: '\\[\\e[32m\\]\\W\\[\\e[0m\\] $ ',
  }
}
const left = /^(CI|EVERJUST_.*)$/

function attempt<T>(doing: () => T): T | undefined {
  try {
    return doing()
  } catch {
    return undefined
  }
}

/** Asks everything of the session to end, and ends what has not after a moment. */
function endSession(leader: number) {
  const members = membersOf(leader)
  for (const pid of members) attempt(() => process.kill(pid, 'SIGHUP'))
  setTimeout(() => {
    for (const pid of membersOf(leader)) attempt(() => process.kill(pid, 'SIGKILL'))
  }, patienceMs)
}

function membersOf(leader: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && sessionOf(name) === leader)
    .map(Number)
}

// After the name, which may hold anything: state, parent, group, session.
const sessionOf = (pid: string) =>
  attempt(() => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[3]))
