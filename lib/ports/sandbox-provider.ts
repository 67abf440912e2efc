import type { SandboxResources } from '../contract/sandbox.ts'

export interface SandboxPlan {
  name: string
  snapshot: string
  labels: Record<string, string>
  /** Null where the provider does not let one choose: nothing of ours is reached then. */
  allowedHosts: readonly string[] | null
  idleMinutes: number
  /** Null leaves it to the snapshot. A sandbox that runs keeps what it has until it was stopped. */
  resources: Pick<SandboxResources, 'cpu' | 'memoryGiB'> | null
}

export interface ProvidedSandbox {
  id: string
  state: 'started' | 'stopped' | 'other'
}

export interface ReadySandbox {
  id: string
  fresh: boolean
  /** Whether it runs in the size and with the hosts of the plan: one that ran already was left as it is. */
  asPlanned: boolean
  resources: SandboxResources
}

/** Isolated machines that may vanish at any time; what they hold can always be rebuilt. */
export interface SandboxProvider {
  /** Makes the sandbox of this name, or finds and starts it; `fresh` when it has no files of ours yet. */
  ensure(plan: SandboxPlan): Promise<ReadySandbox>
  find(name: string): Promise<ProvidedSandbox | undefined>
  /** Sandboxes with this label, by name, as they are. */
  list(labels: Record<string, string>): Promise<(ProvidedSandbox & { name: string })[]>
  stop(name: string): Promise<void>
  /** Removing what is not there is not an error. */
  remove(name: string): Promise<void>
  writeFile(id: string, path: string, content: string): Promise<void>
  /** Starts a command that outlives the call, in a session of its own. */
  start(id: string, sessionId: string, command: string): Promise<{ commandId: string }>
  /** `running`, its exit code, or `gone` when sandbox, session or command is no more. */
  commandState(id: string, sessionId: string, commandId: string): Promise<'running' | 'gone' | { exitCode: number }>
  /** Ends a session and every process in it; ending what is not there is not an error. */
  endSession(id: string, sessionId: string): Promise<void>
  run(id: string, command: string, timeoutSeconds: number): Promise<{ exitCode: number; output: string }>
  /** A signed address for one port, good for `seconds`; https, or http locally. */
  signPreview(id: string, port: number, seconds: number): Promise<string>
  /** Ends such an address before its time; ending what has ended, or whose sandbox is gone, is not an error. */
  endPreview(id: string, url: string): Promise<void>
}
