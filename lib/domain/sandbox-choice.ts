import type { Limits } from '../contract/limits.ts'
import type { SandboxChoice, SandboxSize } from '../contract/workshop.ts'

export const unchosen: SandboxChoice = { size: null, autoStopMinutes: null, network: { kind: 'open', hosts: [] } }

/** Its use is noted once a minute: what stops sooner could be stopped between two notes. */
export const leastIdleMinutes = 5

/** Why a tier does not allow this choice, in words; undefined when it does. */
export function objectionToChoice({ size, autoStopMinutes }: SandboxChoice, limits: Limits): string | undefined {
  const { sandboxSizes: sizes, idleMinutes } = limits
  if (size && !sizes.some((allowed) => isSize(allowed, size))) {
    const offered = sizes.map(({ cpu, memoryGiB }) => `${cpu} CPU with ${memoryGiB} GB`).join(', ')
    return `This plan has sandboxes of ${offered}.`
  }
  if (autoStopMinutes !== null && autoStopMinutes < leastIdleMinutes) {
    return `An idle sandbox stops after ${leastIdleMinutes} minutes at the earliest.`
  }
  if (autoStopMinutes !== null && autoStopMinutes > idleMinutes) {
    return `On this plan an idle sandbox stops after ${idleMinutes} minutes at the latest.`
  }
  return undefined
}

const isSize = (a: SandboxSize, b: SandboxSize) => a.cpu === b.cpu && a.memoryGiB === b.memoryGiB

/** What of a choice the tier still allows: it may have been made on a larger one. */
export function allowedChoice(chosen: SandboxChoice, limits: Limits): SandboxChoice {
  const { sandboxSizes: sizes, idleMinutes } = limits
  const { size, autoStopMinutes } = chosen
  return {
    ...chosen,
    size: size && (sizes.find((allowed) => isSize(allowed, size)) ?? sizes.at(-1) ?? null),
    autoStopMinutes: autoStopMinutes && Math.min(autoStopMinutes, idleMinutes),
  }
}
