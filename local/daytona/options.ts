import type { FaultSettings } from './faults.ts'

export type IsolationName = 'bubblewrap' | 'container' | 'plain'

export type Resources = { readonly cpu: number; readonly memory: number; readonly disk: number }

/** What a sandbox is made from: read-only folders of this machine, variables, and who its commands run as. */
export type Snapshot = {
  readonly mounts?: readonly { readonly from: string; readonly to: string }[]
  readonly env?: Readonly<Record<string, string>>
  /** `root` (the default) is for trusted programs that give up their rights themselves; it is root of the sandbox only. */
  readonly user?: 'root' | 'app'
  /** CPUs, GiB of memory, GiB of disk. */
  readonly resources?: Resources
}

export type Egress = {
  /** Exact `host:port` pairs on loopback or private addresses that may be reached, when the sandbox's list names the host. */
  readonly loopback?: readonly string[]
  /** Hosts (`name`, `*.name` or `*`) that a sandbox without lists of its own may reach. None by default. */
  readonly domains?: readonly string[]
}

export type Limits = {
  /** Processes and threads in one sandbox. */
  readonly pids?: number
  /** How often the size of each running sandbox is measured. */
  readonly diskCheckMs?: number
}

export type DaytonaOptions = {
  /** Where all state is kept. */
  readonly dataDir: string
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly apiKey: string
  /** The first one is the default. */
  readonly snapshots: Readonly<Record<string, Snapshot>>
  readonly egress?: Egress
  /** Forces one kind of isolation; by default the best that works here is taken. */
  readonly isolation?: IsolationName
  readonly limits?: Limits
  readonly faults?: FaultSettings
  /** Length of a minute of the interval timers; tests make it short. */
  readonly minuteMs?: number
  readonly log?: (line: string) => void
}
