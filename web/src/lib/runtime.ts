import type { Sandbox, SandboxState } from './contract.ts'
import type { Timeline } from './timeline/timeline-shapes.ts'

type Preview = NonNullable<Sandbox['preview']>

export interface Runtime {
  state: SandboxState
  problem: string | null
  /** How far it is while it starts. */
  doing: 'machine' | 'files' | null
  /** When it became so. */
  since: string | null
  preview: Preview | null
}

/** The newest word on the sandbox and its preview, be it from the log or from the API. */
export function runtimeOf(sandbox: Sandbox | null, { sandbox: logged, preview }: Timeline): Runtime {
  const newer = logged && logged.at >= (sandbox?.updatedAt ?? '')
  return {
    state: (newer ? logged.state : sandbox?.state) ?? 'absent',
    problem: (newer ? logged.problem : sandbox?.problem) ?? null,
    doing: (newer && logged.doing) || null,
    since: (newer ? logged.since : sandbox?.updatedAt) ?? null,
    preview: later(preview, sandbox?.preview ?? null),
  }
}

function later(a: Preview | null, b: Preview | null): Preview | null {
  if (!a || !b) return a ?? b
  // One that took the place of another lasts as long: the log tells of it.
  return a.expiresAt >= b.expiresAt ? a : b
}
