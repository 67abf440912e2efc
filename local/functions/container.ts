import type { Readable } from 'node:stream'
import { followLogs } from './container-logs.ts'
import type { ContainerLogs } from './container-logs.ts'
import type { ActivationContext, FromContainer, ToContainer } from './container-messages.ts'
import { followExit, signalGroup, spawnContainer } from './container-process.ts'
import type { ContainerSetting } from './container-process.ts'
import { watchMemory } from './memory-watch.ts'
import type { FunctionSpec } from './project-file.ts'

/** What came of one activation: a result, or why the platform has none. */
export type Outcome = { result: unknown } | { failure: string }

export type Container = {
  readonly pid: number
  readonly logs: ContainerLogs
  /** How long loading the bundle took, in milliseconds; undefined before the first run. */
  initMs(): number | undefined
  run(event: Record<string, unknown>, context: ActivationContext): Promise<Outcome>
  /** Freezes the container; the next run thaws it. */
  freeze(): void
  kill(): void
  /** Settles when the process is gone. */
  readonly gone: Promise<void>
}

/** Starts one process for one function; it runs one activation at a time. */
export function openContainer(setting: ContainerSetting): Container {
  const link = openLink(setting)
  let initMs: number | undefined

  const init = async (): Promise<string | undefined> => {
    const started = performance.now()
    const { main, environment } = setting.spec
    const answer = await link.ask({ kind: 'init', file: setting.bundle, main, environment })
    initMs = performance.now() - started
    return answer.kind === 'ready' ? undefined : `Initialization has failed due to: ${reasonOf(answer)}`
  }

  return {
    pid: link.pid,
    logs: link.logs,
    gone: link.gone,
    initMs: () => initMs,
    async run(event, context) {
      const unwatch = watchLimits(setting.spec, context.deadline, link)
      link.thaw()
      const broken = initMs === undefined ? await init() : undefined
      const answer = broken === undefined ? await link.ask({ kind: 'run', event, context }) : undefined
      unwatch()
      if (!answer) return { failure: broken ?? exitedReason }
      return answer.kind === 'result' ? { result: answer.result } : { failure: reasonOf(answer) }
    },
    freeze: link.freeze,
    kill: () => link.end(exitedReason),
  }
}

const exitedReason = 'The function did not produce a valid response and exited unexpectedly.'

type Answer = FromContainer | { kind: 'ended'; reason: string }

function reasonOf(answer: Answer): string {
  return 'reason' in answer ? answer.reason : exitedReason
}

type Link = {
  pid: number
  logs: ContainerLogs
  gone: Promise<void>
  ask(message: ToContainer): Promise<Answer>
  end(reason: string): void
  freeze(): void
  thaw(): void
}

/** The process seen as someone to ask: an answer, or `ended` with the reason, always comes. */
function openLink(setting: ContainerSetting): Link {
  const child = spawnContainer(setting)
  let frozen = false
  let settle: (answer: Answer) => void = () => undefined
  const gone = followExit(child, setting.watchdog, () => settle({ kind: 'ended', reason: exitedReason }))
  child.on('message', (message) => settle(message as Answer))
  return {
    pid: child.pid ?? 0,
    logs: followLogs(child.stdout as Readable, child.stderr as Readable),
    gone,
    ask: (message) =>
      new Promise((resolve) => {
        settle = resolve
        child.send(message, (error) => error && resolve({ kind: 'ended', reason: exitedReason }))
      }),
    end(reason) {
      settle({ kind: 'ended', reason })
      signalGroup(child, 'SIGKILL')
    },
    freeze() {
      frozen = true
      signalGroup(child, 'SIGSTOP')
    },
    thaw() {
      if (frozen) signalGroup(child, 'SIGCONT')
      frozen = false
    },
  }
}

function watchLimits(spec: FunctionSpec, deadline: number, { pid, end }: Link): () => void {
  const tooLong = `The function exceeded its time limits of ${spec.timeoutMs} milliseconds.`
  const tooMuch = `The function exceeded its memory limit of ${spec.memoryMb} MB.`
  const timer = setTimeout(() => end(tooLong), Math.max(0, deadline - Date.now()))
  const unwatchMemory = watchMemory(pid, spec.memoryMb * 1024 * 1024, () => end(tooMuch))
  return () => {
    clearTimeout(timer)
    unwatchMemory()
  }
}
