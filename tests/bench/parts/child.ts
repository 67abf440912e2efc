import { fork, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'

interface Program {
  /** A file of this folder. */
  file: string
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** Where its standard output goes, as the lines of a function do; nowhere when missing. */
  output?: string
}

/** A program of this folder in a process of its own, spoken to by messages; it sees no environment but the one given. */
export function startChild({ file, args = [], env = {}, output }: Program) {
  const lines = output === undefined ? 'ignore' : openSync(output, 'a')
  const child = fork(join(import.meta.dirname, file), [...args], {
    env: { ...env },
    stdio: ['ignore', lines, 'inherit', 'ipc'],
    execArgv: ['--no-warnings'],
  })
  if (typeof lines === 'number') closeSync(lines)
  return {
    child,
    /** What the child says next; rejects when it ends instead. */
    next: <T>(): Promise<T> => nextOf<T>(child),
    /** Asks, and waits for the answer. */
    ask: <T>(question: object): Promise<T> => {
      const answer = nextOf<T>(child)
      child.send(question)
      return answer
    },
    async stop(): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

export type Child = ReturnType<typeof startChild>

function nextOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a program of the benchmark ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}
