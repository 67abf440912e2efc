import { openTokenCounter } from './adapters/anthropic-count.ts'
import { openFunctions } from './adapters/functions.ts'
import { openUpstash } from './adapters/upstash.ts'
import { openAccessTokens } from './auth/access-token.ts'
import { openIdentify } from './auth/identify.ts'
import { openLiveTickets } from './auth/live-ticket.ts'
import { openRunTokens } from './auth/run-token.ts'
import { openSeals } from './auth/seal.ts'
import { Config } from './config.ts'
import type { Context } from './context.ts'
import { endpointPolicies } from './domain/endpoint.ts'
import { openLimiter } from './entry/limiter.ts'
import { openLog } from './log.ts'
import { databaseCounter } from './store/rates.ts'
import { openDatabase } from './store/sql.ts'
import { openObjects } from './production-objects.ts'

let warm: Context | undefined

/** The world of the web functions: made by the first request of an instance, kept for the ones after it. */
export function production(): Context {
  return (warm ??= openContext(new Config()))
}

/** Everything a web function asks of the world, as the settings name it. Connects to nothing yet. */
export function openContext(config: Config, log = openLog({})): Context {
  const now = () => Date.now()
  const issuer = {
    domain: config.text('AUTH0_DOMAIN'),
    audience: config.text('AUTH0_AUDIENCE'),
    clientId: config.text('AUTH0_CLIENT_ID'),
  }
  const model = config.text('MODEL')
  const database = openDatabase(config.text('DATABASE_URL'))
  const accessTokens = openAccessTokens(issuer)
  const runTokens = openRunTokens(config.secret('TOKEN_SECRET'))
  const redis = redisOf(config, now)
  const objects = openObjects(config)
  return {
    now: () => new Date(),
    log,
    settings: { issuer, model: { id: model, scripted: model.startsWith('scripted-') }, terms: termsOf(config) },
    region: config.has('DATA_REGION') ? config.text('DATA_REGION') : null,
    origins: { web: config.list('WEB_ORIGINS'), api: config.text('EVERJUST_URL') },
    database,
    identify: openIdentify({ accessTokens, runTokens, database, now }),
    limiter: openLimiter({ redis, fallback: databaseCounter(database), now, log }),
    objects,
    dispatcher: openFunctions({ url: config.text('FUNCTIONS_API_URL'), key: config.secret('FUNCTIONS_API_KEY') }),
    liveTickets: openLiveTickets(config.secret('TICKET_PRIVATE_KEY')),
    runTokens,
    tokens: tokenCounterOf(config),
    seals: openSeals(config.secret('SEALING_KEY')),
    payments: undefined,
    companySignIns: undefined,
    ownEndpoints: config.oneOf('OWN_ENDPOINTS', endpointPolicies),
    probes: {
      database: () => database.asNobody((sql) => sql`select 1`),
      redis: () => redis.ping(),
      spaces: () => objects.get('health'),
      issuer: () => accessTokens.probe(),
    },
  }
}

const termsOf = (config: Config) =>
  config.has('TERMS_URL') ? { url: config.text('TERMS_URL'), version: config.text('TERMS_VERSION') } : null

const redisOf = (config: Config, now: () => number) =>
  openUpstash({
    url: config.text('UPSTASH_REDIS_REST_URL'),
    token: config.secret('UPSTASH_REDIS_REST_TOKEN'),
    now,
  })

const tokenCounterOf = (config: Config) =>
  config.has('ANTHROPIC_API_KEY')
    ? openTokenCounter({ url: config.text('ANTHROPIC_BASE_URL'), key: config.secret('ANTHROPIC_API_KEY') })
    : undefined
