import type { IsolationName, Resources, Snapshot } from '../options.ts'

export type Launch = {
  readonly id: string
  /** Folder on this machine that holds the sandbox's own `home` and `root`. */
  readonly box: string
  /** Short private folder of this machine for the sockets between inside and outside. */
  readonly run: string
  /** User id of `app` on this machine, unique to the sandbox where the isolation can give it one. */
  readonly appId: number
  readonly env: Readonly<Record<string, string>>
  readonly snapshot: Snapshot
  readonly resources: Resources
  readonly pids: number
}

export type Running = {
  /** Resolves when nothing of the sandbox is left, with the reason when it was not asked for. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export type Isolation = {
  readonly name: IsolationName
  /** One sentence on what holds here and what does not. */
  readonly says: string
  /** Starts a sandbox and resolves when its toolbox listens on `<run>/toolbox.sock`. */
  launch(launch: Launch): Promise<Running>
  /** Removes a sandbox's folder, whoever owns what is in it. */
  wipe(folder: string): Promise<void>
}

/** Where things are inside a sandbox. */
export const INSIDE = {
  home: '/home/app',
  rootHome: '/root',
  run: '/run/everjust',
  logs: '/root/.sessions',
  nodeFolder: '/opt/everjust/node',
  toolbox: '/opt/everjust/toolbox.js',
  certificates: '/opt/everjust/certificates.pem',
}
