import { isIP } from 'node:net'
import { inNetworks, isPublic } from './addresses.ts'

/** What one sandbox may reach. Lists that are absent were not given; a list that is present and empty allows nothing. */
export type Policy = {
  readonly blockAll: boolean
  readonly networks?: readonly string[] | undefined
  readonly domains?: readonly string[] | undefined
  /** For sandboxes without lists. */
  readonly fallback: readonly string[]
  /** Exact `host:port` pairs that may lead to an address that is not public. */
  readonly loopback: readonly string[]
}

export type Target = { readonly host: string; readonly port: number }

export type Resolve = (host: string) => Promise<readonly string[]>

/**
 * Decides whether a target may be reached and answers the one address to connect to, so that a name cannot resolve to
 * something else afterwards; otherwise says why not.
 */
export async function decide(
  policy: Policy,
  target: Target,
  resolve: Resolve,
): Promise<{ address: string } | { refused: string }> {
  const host = target.host.toLowerCase().replace(/\.$/, '')
  const pair = `${host}:${target.port}`
  if (policy.blockAll) return { refused: 'this sandbox has no network' }
  const lists = policy.networks !== undefined || policy.domains !== undefined
  const named = matches(lists ? (policy.domains ?? []) : policy.fallback, host, pair)
  if (!named && (policy.networks ?? []).length === 0) return { refused: `${host} is not on this sandbox's allow list` }
  const ours = policy.loopback.includes(pair)
  const addresses = host === 'localhost' ? ['127.0.0.1'] : isIP(host) ? [host] : await resolve(host).catch(() => [])
  const listed = addresses.filter((address) => named || inNetworks(policy.networks ?? [], address))
  const address = listed.find((candidate) => ours || isPublic(candidate))
  if (address !== undefined) return { address }
  if (addresses.length === 0) return { refused: `${host} does not resolve` }
  if (listed.length === 0) return { refused: `${host} is not on this sandbox's allow list` }
  return { refused: `${pair} is not a public address` }
}

/** `*` stands for every name but never for `localhost` or a bare address: those must be named. */
function matches(domains: readonly string[], host: string, pair: string): boolean {
  return domains.some((entry) => {
    const wanted = entry.trim().toLowerCase()
    if (wanted === '*') return host !== 'localhost' && isIP(host) === 0
    if (wanted.startsWith('*.')) return host.endsWith(wanted.slice(1))
    return wanted === host || wanted === pair
  })
}

type Lists = {
  readonly networkBlockAll: boolean
  readonly networkAllowList?: string | undefined
  readonly domainAllowList?: string | undefined
}

/** The policy of a sandbox with these lists (comma-separated, as clients send them) on a server with these options. */
export function policyFor(
  lists: Lists,
  options: { readonly loopback?: readonly string[]; readonly domains?: readonly string[] },
): Policy {
  return {
    blockAll: lists.networkBlockAll,
    networks: entries(lists.networkAllowList),
    domains: entries(lists.domainAllowList),
    fallback: options.domains ?? [],
    loopback: options.loopback ?? [],
  }
}

function entries(list: string | undefined): string[] | undefined {
  return list
    ?.split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
}
