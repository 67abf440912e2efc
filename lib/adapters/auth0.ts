import { askJson } from '../ask-json.ts'
import type { Secret } from '../config.ts'
import { Fault } from '../ports/fault.ts'
import type { Identities } from '../ports/identities.ts'

interface Tenant {
  /** `https://…` of the tenant itself: the management API does not answer at a domain of one's own. */
  url: string
  clientId: string
  clientSecret: Secret
}

const deadlineMs = 8_000

/**
 * Accounts by Auth0's Management API (auth0.com/docs/api/management/v2), as an application of its own that may read and
 * delete users. Its token is good for a day, and asked for anew in each warm instance.
 */
export function openAuth0({ url, clientId, clientSecret }: Tenant): Identities {
  let kept: { token: string; until: number } | undefined

  async function token(): Promise<string> {
    if (kept && kept.until > Date.now()) return kept.token
    const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret.reveal() }
    const { status, json } = await ask(`${url}/oauth/token`, 'POST', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, audience: `${url}/api/v2/` }),
    })
    const { access_token: given, expires_in: seconds } = (json ?? {}) as Record<string, unknown>
    if (typeof given !== 'string') throw fault('signing in to manage people', status)
    kept = { token: given, until: Date.now() + Math.max(0, Number(seconds ?? 0) - 60) * 1_000 }
    return given
  }

  async function users(method: 'GET' | 'DELETE', subject: string): Promise<number> {
    const headers = { authorization: `Bearer ${await token()}` }
    const { status } = await ask(`${url}/api/v2/users/${encodeURIComponent(subject)}`, method, { headers })
    if (status === 401) kept = undefined
    if (status >= 300 && status !== 404) throw fault(`${method} of an account`, status)
    return status
  }

  return {
    remove: async (subject) => void (await users('DELETE', subject)),
    knows: async (subject) => (await users('GET', subject)) !== 404,
  }
}

interface Sent {
  headers: Record<string, string>
  body?: string
}

async function ask(address: string, method: 'GET' | 'POST' | 'DELETE', sent: Sent) {
  return askJson(address, { method, ...sent, deadlineMs }).catch((cause: unknown) => {
    throw new Fault('issuer', 'asking for an account', { retryable: true, cause })
  })
}

const fault = (doing: string, status: number) =>
  new Fault('issuer', doing, {
    retryable: status === 401 || status === 429 || status >= 500,
    cause: new Error(`status ${status}`),
  })
