import { execFile, execFileSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import type { Launch } from './isolation.ts'

/** How the users inside a sandbox map to users of this machine. */
export type Identity = {
  readonly says: string
  readonly arguments: readonly string[]
  /** Whether our programs inside keep the rights by which they act for `app`; pointless when both are one user. */
  readonly keepsRights: boolean
  /** Descriptors from 4 on that the arguments speak of. */
  readonly descriptors: readonly 'pipe'[]
  /** The id of `app` as seen inside. */
  appId(launch: Launch): number
  /** Does what has to be done from outside while bubblewrap starts. */
  attend(child: ChildProcess): void
}

/** As root the sandbox shares our user namespace and `app` has an id that nobody else on the machine has. */
const AS_ROOT: Identity = {
  says: 'started as root, every sandbox with a user id of its own',
  arguments: [],
  keepsRights: true,
  descriptors: [],
  appId: ({ appId }) => appId,
  attend: () => undefined,
}

const APP_IN_RANGE = 1000

/** Only one user exists inside: generated code and our programs are kept apart by nothing but file modes. */
const SINGLE: Identity = {
  says: 'WARNING: one user id for everything in a sandbox (no newuidmap or no /etc/subuid entry for you)',
  arguments: ['--unshare-user', '--uid', '0', '--gid', '0'],
  keepsRights: false,
  descriptors: [],
  appId: () => 0,
  attend: () => undefined,
}

/** The best mapping that this user may make on this machine. */
export async function identityFor(): Promise<Identity> {
  if (process.getuid?.() === 0) return AS_ROOT
  const uids = rangeIn('/etc/subuid')
  const gids = rangeIn('/etc/subgid')
  if (!uids || !gids || !exists('newuidmap') || !exists('newgidmap')) return SINGLE
  return {
    says: 'in a user namespace with a range of user ids',
    arguments: ['--unshare-user', '--info-fd', '4', '--userns-block-fd', '5'],
    keepsRights: true,
    descriptors: ['pipe', 'pipe'],
    appId: () => APP_IN_RANGE,
    attend: (child) => void mapIds(child, uids, gids),
  }
}

type Range = { readonly first: number; readonly count: number }

function rangeIn(file: string): Range | undefined {
  const { username, uid } = userInfo()
  try {
    const rows = readFileSync(file, 'utf8').split('\n')
    const row = rows.map((line) => line.split(':')).find(([owner]) => owner === username || owner === String(uid))
    const range = { first: Number(row?.[1]), count: Number(row?.[2]) }
    return range.count > APP_IN_RANGE ? range : undefined
  } catch {
    return undefined
  }
}

function exists(program: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** bubblewrap says which process waits on descriptor 4; once its ids are mapped, a byte on 5 lets it go on. */
async function mapIds(child: ChildProcess, uids: Range, gids: Range): Promise<void> {
  const descriptors: readonly unknown[] = child.stdio
  const go = descriptors[5] as Writable
  go.on('error', () => undefined)
  const pid = await waitingProcess(descriptors[4] as Readable)
  if (pid === undefined) return
  const { uid, gid } = userInfo()
  await run('newuidmap', [pid, 0, uid, 1, 1, uids.first, uids.count])
  await run('newgidmap', [pid, 0, gid, 1, 1, gids.first, gids.count])
  go.end('1')
}

/** The descriptor is read to its end, because bubblewrap dies when it cannot say all it has to say. */
async function waitingProcess(source: Readable): Promise<number | undefined> {
  let text = ''
  return new Promise((resolve) => {
    source.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1]
      if (pid !== undefined) resolve(Number(pid))
    })
    source.on('close', () => resolve(undefined))
  })
}

async function run(program: string, numbers: readonly number[]): Promise<void> {
  await new Promise<void>((resolve) => execFile(program, numbers.map(String), () => resolve()))
}
