import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Launch } from './isolation.ts'

export type Group = {
  /** Files into which a process writes itself to be limited. */
  readonly join: readonly string[]
  remove(): Promise<void>
}

export type Groups = {
  readonly says: string
  create(launch: Launch): Promise<Group>
  /** Ends and removes the group of a sandbox, also one that a killed server left. */
  remove(id: string): Promise<void>
}

type Version = {
  readonly says: string
  readonly folders: readonly string[]
  readonly files: (launch: Launch) => Record<string, string>
}

const ROOT = '/sys/fs/cgroup'
const GIBIBYTE = 1024 ** 3
const PERIOD_US = 100_000

const HYBRID: Version = {
  says: 'memory, processes and CPU limited by control groups (v1)',
  folders: ['memory', 'pids', 'cpu'].map((controller) => join(ROOT, controller, 'everjust')),
  files: ({ resources, pids }) => ({
    'memory/memory.limit_in_bytes': String(resources.memory * GIBIBYTE),
    'pids/pids.max': String(pids),
    'cpu/cpu.cfs_quota_us': String(Math.round(resources.cpu * PERIOD_US)),
  }),
}

const UNIFIED: Version = {
  says: 'memory, processes and CPU limited by control groups (v2)',
  folders: [join(ROOT, 'everjust')],
  files: ({ resources, pids }) => ({
    'everjust/memory.max': String(resources.memory * GIBIBYTE),
    'everjust/pids.max': String(pids),
    'everjust/cpu.max': `${Math.round(resources.cpu * PERIOD_US)} ${PERIOD_US}`,
  }),
}

/** Control groups of either version when this process may make them, else nothing. */
export async function openCgroups(): Promise<Groups | undefined> {
  for (const version of [HYBRID, UNIFIED]) {
    if (await usable(version)) return groupsOf(version)
  }
  return undefined
}

async function usable(version: Version): Promise<boolean> {
  try {
    if (version === UNIFIED) await delegate(ROOT)
    for (const folder of version.folders) await mkdir(folder, { recursive: true })
    if (version === UNIFIED) await delegate(join(ROOT, 'everjust'))
    const probe = await groupsOf(version).create({
      id: `probe-${process.pid}`,
      resources: { cpu: 1, memory: 1, disk: 1 },
      pids: 8,
    } as Launch)
    await probe.remove()
    return true
  } catch {
    return false
  }
}

async function delegate(folder: string): Promise<void> {
  await writeFile(join(folder, 'cgroup.subtree_control'), '+memory +pids +cpu')
}

function groupsOf(version: Version): Groups {
  const foldersOf = (id: string) => version.folders.map((folder) => join(folder, id))
  return {
    says: version.says,
    remove: (id) => removeAll(foldersOf(id)),
    async create(launch) {
      const folders = foldersOf(launch.id)
      for (const folder of folders) await mkdir(folder, { recursive: true })
      for (const [file, value] of Object.entries(version.files(launch))) {
        const [controller = '', name = ''] = file.split('/')
        const folder = folders.find((candidate) => candidate.startsWith(join(ROOT, controller))) ?? ''
        await writeFile(join(folder, name), value)
      }
      return { join: folders.map((folder) => join(folder, 'cgroup.procs')), remove: () => removeAll(folders) }
    },
  }
}

const ATTEMPTS = 50

/** A group can be removed once its last process is gone; those left behind are killed. */
async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const removed = await rmdir(folder).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      )
      if (removed) break
      await killAll(folder)
      await sleep(20)
    }
  }
}

async function killAll(folder: string): Promise<void> {
  const members = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')
  for (const member of members.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(member), 'SIGKILL')
    } catch {
      continue
    }
  }
}
