import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { dirname } from 'node:path'
import { endOfLogs } from './container-messages.ts'
import type { FunctionSpec } from './project-file.ts'
import type { Watchdog } from './watchdog.ts'

export type ContainerSetting = {
  /** The CommonJS file that runs inside. */
  program: string
  bundle: string
  spec: FunctionSpec
  namespace: string
  apiHost: string
  watchdog: Watchdog
}

/** Starts the process of a container, with nothing of our own environment and a group of its own. */
export function spawnContainer({ program, spec, namespace, apiHost }: ContainerSetting): ChildProcess {
  const heap = Math.floor(spec.memoryMb * 0.75)
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: dirname(program),
    __OW_NAMESPACE: namespace,
    __OW_API_HOST: apiHost,
  }
  return spawn(process.execPath, [`--max-old-space-size=${heap}`, program, endOfLogs], {
    cwd: dirname(program),
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A signal to the group reaches what the function started too, and Ctrl-C in a terminal does not.
    detached: true,
  })
}

export function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, name)
  } catch {
    // It ended in the meantime.
  }
}

/** Calls `onExit` and settles when the process is gone; the watchdog holds it until then. */
export function followExit(child: ChildProcess, watchdog: Watchdog, onExit: () => void): Promise<void> {
  const { pid } = child
  if (pid !== undefined) watchdog.add(pid)
  return new Promise((resolve) => {
    const ended = (): void => {
      if (pid !== undefined) watchdog.remove(pid)
      onExit()
      resolve()
    }
    child.once('exit', ended)
    child.once('error', ended)
  })
}
