import { statSync } from 'node:fs'
import type { Container } from './container.ts'
import type { FunctionSpec } from './project-file.ts'

/** A container as the outside may see it. */
export type ContainerView = { function: string; pid: number; state: 'busy' | 'warm' | 'frozen' }

export type Pool = {
  /** A warm container of the function, else a new one. */
  take(spec: FunctionSpec): { container: Container; cold: boolean }
  /** Gives a container back: it is frozen soon and ended when nobody wants it for long, or at once when it is broken. */
  release(container: Container, broken: boolean): void
  containers(): ContainerView[]
  stop(): Promise<void>
}

export type PoolSetting = {
  open: (spec: FunctionSpec) => Container
  bundleOf: (spec: FunctionSpec) => string
  pauseMs: number
  idleMs: number
}

type Member = {
  spec: FunctionSpec
  container: Container
  state: ContainerView['state']
  built: number
  timers: NodeJS.Timeout[]
}

export function createPool(setting: PoolSetting): Pool {
  const members = new Map<Container, Member>()
  return {
    take: (spec) => take(members, setting, spec),
    release(container, broken) {
      const member = members.get(container)
      if (!member) return
      if (broken) return discard(members, member)
      member.state = 'warm'
      member.timers = [
        setTimeout(() => freeze(member), setting.pauseMs),
        setTimeout(() => discard(members, member), setting.idleMs).unref(),
      ]
    },
    containers: () =>
      [...members.values()].map(({ spec, container, state }) => ({
        function: spec.address,
        pid: container.pid,
        state,
      })),
    async stop() {
      const all = [...members.values()]
      for (const member of all) discard(members, member)
      await Promise.all(all.map(({ container }) => container.gone))
    },
  }
}

type Members = Map<Container, Member>

function take(members: Members, setting: PoolSetting, spec: FunctionSpec): { container: Container; cold: boolean } {
  const built = builtAt(setting.bundleOf(spec))
  const idle = [...members.values()].filter((member) => member.spec === spec && member.state !== 'busy')
  // A bundle built anew is a new deployment: its old containers serve no more.
  for (const old of idle.filter((member) => member.built !== built)) discard(members, old)
  const member = idle.findLast((candidate) => candidate.built === built)
  if (!member) return { container: enter(members, setting, { spec, built }), cold: true }
  wake(member)
  member.state = 'busy'
  return { container: member.container, cold: false }
}

function enter(members: Members, setting: PoolSetting, { spec, built }: Pick<Member, 'spec' | 'built'>): Container {
  const container = setting.open(spec)
  const member: Member = { spec, container, state: 'busy', built, timers: [] }
  members.set(container, member)
  void container.gone.then(() => {
    wake(member)
    members.delete(container)
  })
  return container
}

function freeze(member: Member): void {
  member.state = 'frozen'
  member.container.freeze()
}

function wake(member: Member): void {
  for (const timer of member.timers) clearTimeout(timer)
  member.timers = []
}

function discard(members: Members, member: Member): void {
  wake(member)
  members.delete(member.container)
  member.container.kill()
}

function builtAt(bundle: string): number {
  return statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
