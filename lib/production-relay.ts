import { openAnthropic } from './adapters/anthropic.ts'
import { openOwnModels } from './adapters/own-models.ts'
import { openSeals } from './auth/seal.ts'
import { Config } from './config.ts'
import type { RelayContext } from './context.ts'
import { endpointPolicies } from './domain/endpoint.ts'
import { openObjects } from './production-objects.ts'
import { openScheduleContext } from './production-schedules.ts'

let warm: RelayContext | undefined

/** The world of the relay: made by the first reply of an instance, kept for the ones after it. */
export function production(): RelayContext {
  return (warm ??= openRelayContext(new Config()))
}

export function openRelayContext(config: Config): RelayContext {
  return {
    ...openScheduleContext(config),
    objects: openObjects(config),
    upstream: openAnthropic({ url: config.text('ANTHROPIC_BASE_URL'), key: config.secret('ANTHROPIC_API_KEY') }),
    ownUpstream: openOwnModels(config.oneOf('OWN_ENDPOINTS', endpointPolicies)),
    seals: openSeals(config.secret('SEALING_KEY')),
  }
}
