import type { ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../../http/refusal.ts'
import type { Environment } from '../process/environment.ts'
import { groupLives, runAs, signalGroup } from '../process/run-as.ts'
import type { Settings } from '../settings.ts'
import { CommandLog, type Stream } from './command-log.ts'
import { Sentinel } from './sentinel.ts'

export type Command = {
  readonly id: string
  readonly command: string
  readonly log: CommandLog
  readonly finished: Promise<void>
  readonly finish: () => void
  readonly takesInput: boolean
  open: number
  exitCode?: number
}

const KILL_AFTER_MS = 2000
const LOOK_MS = 20

/** After the shell ended, what is left in its pipes is read for this long. */
const DRAIN_MS = 50

/**
 * One bash that runs its commands one after the other, so that `cd` and variables last. A secret mark that the shell prints
 * on both streams after each command says where that command's output ends and with which exit code.
 */
export class Session {
  readonly id: string
  readonly commands: Command[] = []
  readonly #settings: Settings
  readonly #shell: ChildProcess
  readonly #mark = randomBytes(16).toString('hex')
  #running: Command | undefined
  #ended = false

  constructor(id: string, settings: Settings, env: Environment) {
    this.id = id
    this.#settings = settings
    this.#shell = runAs(settings.user, {
      command: ['/bin/bash', '--noprofile', '--norc'],
      cwd: settings.workDir,
      env: env.with(),
      stdio: ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'],
    })
    this.#read('stdout', this.#shell.stdout)
    this.#read('stderr', this.#shell.stderr)
    for (const stream of this.#shell.stdio) stream?.on('error', () => undefined)
    this.#shell.stdin?.write('exec 8>&1 9>&2\n')
    this.#shell.once('error', () => this.#close(127))
    this.#shell.once('exit', (code) => setTimeout(() => this.#close(code ?? 137), DRAIN_MS))
  }

  /** Queues a command; it starts when those before it have ended. */
  run(command: string, takesInput: boolean): Command {
    if (this.#ended) throw new Refusal(410, 'the session has ended', 'SESSION_ENDED')
    const id = randomUUID()
    const log = new CommandLog(join(this.#settings.logDir, `${id}.log`))
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
    const queued: Command = { id, command, log, finished, finish, takesInput, open: 2 }
    this.commands.push(queued)
    this.#next()
    return queued
  }

  find(id: string): Command {
    const command = this.commands.find((candidate) => candidate.id === id)
    if (!command) throw new Refusal(404, `command ${id} not found`, 'PROCESS_NOT_FOUND')
    return command
  }

  /** Types into the standard input of a running command. */
  type(command: Command, content: string): void {
    if (this.#running !== command) throw new Refusal(410, 'the command does not run', 'COMMAND_NOT_RUNNING')
    const input = this.#shell.stdio[4] as Writable | null
    input?.write(content)
  }

  /** Ends the shell and everything in its group, politely and after two seconds by force; resolves when nothing is left. */
  async end(): Promise<void> {
    const patience = Date.now() + KILL_AFTER_MS
    signalGroup(this.#shell, 'SIGTERM')
    while (groupLives(this.#shell)) {
      if (Date.now() > patience) signalGroup(this.#shell, 'SIGKILL')
      await sleep(LOOK_MS)
    }
  }

  #next(): void {
    const command = this.#running ? undefined : this.commands.find((queued) => queued.exitCode === undefined)
    if (!command || this.#ended) return
    this.#running = command
    const input = command.takesInput ? '<&4' : '</dev/null'
    const mark = `printf '%s:%s;' ${this.#mark} $__exit`
    this.#shell.stdin?.write(
      `{ eval ${quoted(command.command)}\n} ${input} 4<&- 8>&- 9>&-\n__exit=$?; ${mark} >&8; ${mark} >&9\n`,
    )
  }

  #read(stream: Stream, source: Readable | null): void {
    const sentinel = new Sentinel(this.#mark)
    source?.on('data', (chunk: Buffer) => {
      for (const piece of sentinel.push(chunk)) {
        if (typeof piece === 'number') this.#endOf(piece)
        else this.#running?.log.add(stream, piece)
      }
    })
  }

  #endOf(exitCode: number): void {
    const command = this.#running
    if (!command) return
    command.open -= 1
    if (command.open > 0) return
    this.#running = undefined
    settle(command, exitCode)
    this.#next()
  }

  #close(exitCode: number): void {
    this.#ended = true
    this.#running = undefined
    for (const command of this.commands) if (command.exitCode === undefined) settle(command, exitCode)
  }
}

function settle(command: Command, exitCode: number): void {
  command.exitCode = exitCode
  command.log.end()
  command.finish()
}

function quoted(command: string): string {
  return `'${command.replaceAll("'", `'\\''`)}'`
}
