import type { Secret } from '../config.ts'
import type { EndpointPolicy } from '../domain/endpoint.ts'
import type { ModelUpstream } from '../ports/model-upstream.ts'
import { openAnthropic } from './anthropic.ts'
import { fetchWithin } from './own-endpoint.ts'

const vendor = 'https://api.anthropic.com'

/** Models of organizations: the vendor's by a key of theirs, or behind an address of theirs, of those that we may reach. */
export function openOwnModels(policy: EndpointPolicy) {
  const carefully = fetchWithin(policy)
  return ({ key, url }: { key: Secret; url: string | null }): ModelUpstream =>
    openAnthropic({ url: url ?? vendor, key, fetch: carefully })
}
