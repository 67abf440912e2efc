import { availableParallelism } from 'node:os'
import type { Settings } from '../../scripts/settings.ts'
import type { Secrets } from './secrets.ts'

export interface Addresses {
  frontDoor: string
  functions: string
  postgres: string
  redis: string
  spaces: string
  issuer: string
  daytona: string
  model: string
  post: string
  billing: string
}

/** Which variables make a stand-in give way to the real vendor; all of a group, or none. */
export const vendors = {
  postgres: ['DATABASE_URL'],
  redis: ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  spaces: ['SPACES_ENDPOINT', 'SPACES_REGION', 'SPACES_BUCKET', 'SPACES_KEY', 'SPACES_SECRET'],
  issuer: [
    'AUTH0_DOMAIN',
    'AUTH0_AUDIENCE',
    'AUTH0_CLIENT_ID',
    'AUTH0_MANAGEMENT_URL',
    'AUTH0_MANAGEMENT_CLIENT_ID',
    'AUTH0_MANAGEMENT_CLIENT_SECRET',
  ],
  daytona: ['DAYTONA_API_URL', 'DAYTONA_API_KEY', 'DAYTONA_TARGET', 'DAYTONA_SNAPSHOT'],
  model: ['ANTHROPIC_API_KEY'],
  post: ['RESEND_API_KEY', 'MAIL_FROM'],
  billing: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
} as const satisfies Record<string, readonly string[]>
export type Vendor = keyof typeof vendors

/** Whether the operator's settings name the real vendor; half a group is a mistake worth stopping for. */
export function isReal(vendor: Vendor, settings: Settings): boolean {
  const named = vendors[vendor].filter((name) => settings[name])
  if (named.length === 0) return false
  const missing = vendors[vendor].filter((name) => !settings[name])
  if (missing.length > 0) {
    throw new Error(`To use the real ${vendor}, .env must also set ${missing.join(', ')} (beside ${named.join(', ')}).`)
  }
  return true
}

export const bucket = 'everjust'
export const snapshot = 'everjust'
export const audience = 'https://api.everjust.dev/'
export const clientId = 'everjust-local'

/** The environment that project.yml hands to the functions: the stand-ins' addresses, and over them the real vendors'. */
export function environmentOf(given: {
  addresses: Addresses
  secrets: Secrets
  settings: Settings
  allowHosts: readonly string[]
  /** By what the stand-in of the issuer lets people be removed. */
  management?: Management | undefined
}): Record<string, string> {
  const { addresses, secrets, settings, allowHosts, management } = given
  const local = {
    ...secrets,
    DATABASE_URL: addresses.postgres,
    EVERJUST_URL: addresses.frontDoor,
    WEB_ORIGINS: addresses.frontDoor,
    AUTH0_DOMAIN: addresses.issuer,
    AUTH0_AUDIENCE: audience,
    AUTH0_CLIENT_ID: clientId,
    ...managementAt(addresses.issuer, management),
    AUTH0_SSO_PROFILE: isReal('issuer', settings) ? 'none' : 'local',
    UPSTASH_REDIS_REST_URL: addresses.redis,
    SPACES_ENDPOINT: addresses.spaces,
    SPACES_REGION: 'us-east-1',
    SPACES_BUCKET: bucket,
    DATA_REGION: isReal('postgres', settings) || isReal('spaces', settings) ? 'none' : 'local',
    ...noTerms,
    FUNCTIONS_API_URL: addresses.functions,
    DAYTONA_API_URL: addresses.daytona,
    DAYTONA_TARGET: 'local',
    DAYTONA_SNAPSHOT: snapshot,
    SANDBOX_ALLOW_HOSTS: allowHosts.join(','),
    ANTHROPIC_BASE_URL: isReal('model', settings) ? 'https://api.anthropic.com' : addresses.model,
    RESEND_URL: isReal('post', settings) ? 'https://api.resend.com' : addresses.post,
    MAIL_FROM: 'EverJust <everjust@localhost>',
    STRIPE_API_URL: isReal('billing', settings) ? 'https://api.stripe.com' : addresses.billing,
    OWN_ENDPOINTS: 'local',
    MODEL_GATEWAY: 'functions',
    GENERATIONS_AT_ONCE: String(4 * availableParallelism()),
    MODEL: isReal('model', settings) ? 'claude-sonnet-5-5' : 'scripted-1',
  }
  return { ...local, ...namedIn(settings, Object.keys(local)) }
}

/** Nobody is asked to accept anything, unless the settings say what. */
const noTerms = { TERMS_URL: 'none', TERMS_VERSION: 'none' }

const namedIn = (settings: Settings, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (settings[name] ? [[name, settings[name]]] : [])))

interface Management {
  clientId: string
  clientSecret: string
}

const managementAt = (issuer: string, { clientId = '', clientSecret = '' }: Partial<Management> = {}) => ({
  AUTH0_MANAGEMENT_URL: issuer,
  AUTH0_MANAGEMENT_CLIENT_ID: clientId,
  AUTH0_MANAGEMENT_CLIENT_SECRET: clientSecret,
})
