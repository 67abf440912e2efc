import type { Resources } from '../options.ts'

export type BoxState =
  'creating' | 'started' | 'starting' | 'stopping' | 'stopped' | 'archived' | 'destroying' | 'destroyed' | 'error'

/** What is known of one sandbox and kept in its file. Intervals are minutes. */
export type Box = {
  readonly id: string
  readonly name: string
  readonly snapshot: string
  readonly target: string
  readonly createdAt: string
  /** Chosen once; decides the user id of `app` and the name of the folder with the sockets. */
  readonly slot: number
  /** The sandbox-wide key to all its previews. */
  readonly previewToken: string
  env: Record<string, string>
  labels: Record<string, string>
  public: boolean
  networkBlockAll: boolean
  networkAllowList?: string | undefined
  domainAllowList?: string | undefined
  resources: Resources
  state: BoxState
  errorReason?: string | undefined
  autoStopInterval: number
  autoArchiveInterval: number
  autoDeleteInterval: number
  autoDestroyAt?: string | undefined
  updatedAt: string
  lastActivityAt: string
}

const ORGANIZATION = '00000000-0000-4000-8000-000000000001'

const DESIRED: Partial<Record<BoxState, string>> = {
  stopping: 'stopped',
  stopped: 'stopped',
  archived: 'archived',
  destroying: 'destroyed',
  destroyed: 'destroyed',
}

/** A sandbox as Daytona's clients read it. */
export function describeBox(box: Box, origin: string) {
  const { slot: _slot, previewToken: _token, resources, ...shown } = box
  return {
    ...shown,
    ...resources,
    gpu: 0,
    organizationId: ORGANIZATION,
    user: 'daytona',
    desiredState: DESIRED[box.state] ?? 'started',
    recoverable: box.state === 'error',
    backupState: 'None',
    sandboxClass: 'container',
    daemonVersion: 'local',
    volumes: [],
    toolboxProxyUrl: `${origin}/toolbox`,
  }
}

/** The same in a list, where clients expect neither variables nor network settings. */
export function listBox(box: Box, origin: string) {
  const {
    env: _env,
    volumes: _volumes,
    networkAllowList: _networks,
    domainAllowList: _domains,
    ...shown
  } = describeBox(box, origin)
  return shown
}
