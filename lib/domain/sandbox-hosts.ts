import type { SandboxChoice } from '../contract/workshop.ts'

/** The hosts of the platform itself, without which a sandbox can do nothing, and those its operator allows besides. */
export interface SandboxHosts {
  own: readonly string[]
  others: readonly string[]
}

/** `addresses` are the platform's own; null when the operator lists `none`, as the provider takes no list. */
export function sandboxHosts(listed: readonly string[], addresses: readonly (string | undefined)[]) {
  if (listed.includes('none')) return null
  const own = addresses.flatMap((address) => (address === undefined ? [] : [new URL(address).hostname]))
  return { own: [...new Set(own)], others: listed } satisfies SandboxHosts
}

/** The hosts a sandbox may reach: a closed network leaves the platform's own alone, whatever registry is in use. */
export function reachableHosts({ own, others }: SandboxHosts, { network }: SandboxChoice): string[] {
  return network.kind === 'none' ? [...own] : [...new Set([...own, ...others, ...network.hosts])]
}
