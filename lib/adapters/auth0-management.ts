import { askJson } from '../ask-json.ts'
import type { Secret } from '../config.ts'
import { Fault } from '../ports/fault.ts'

export interface Tenant {
  /** `https://…` of the tenant itself: the management API does not answer at a domain of one's own. */
  url: string
  clientId: string
  clientSecret: Secret
}

type Method = 'GET' | 'POST' | 'DELETE'
export type AskManagement = (method: Method, path: string, body?: object) => Promise<{ status: number; json: unknown }>

const deadlineMs = 8_000

/**
 * Asks Auth0's Management API (auth0.com/docs/api/management/v2) as an application of its own, whose token is good for a day
 * and asked for anew in each warm instance. What is there already, or not, is answered; every other refusal is a fault.
 */
export function openManagement({ url, clientId, clientSecret }: Tenant): AskManagement {
  let kept: { token: string; until: number } | undefined

  async function token(): Promise<string> {
    if (kept && kept.until > Date.now()) return kept.token
    const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret.reveal() }
    const { status, json } = await send(`${url}/oauth/token`, 'POST', {
      body: { ...grant, audience: `${url}/api/v2/` },
    })
    const { access_token: given, expires_in: seconds } = (json ?? {}) as Record<string, unknown>
    if (typeof given !== 'string') throw fault('signing in to manage the tenant', status)
    kept = { token: given, until: Date.now() + Math.max(0, Number(seconds ?? 0) - 60) * 1_000 }
    return given
  }

  return async (method, path, body) => {
    const answer = await send(`${url}/api/v2/${path}`, method, { token: await token(), ...(body && { body }) })
    if (answer.status === 401) kept = undefined
    if (answer.status >= 300 && ![404, 409].includes(answer.status)) throw fault(`${method} ${path}`, answer.status)
    return answer
  }
}

async function send(address: string, method: Method, { token, body }: { token?: string; body?: object }) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  return askJson(address, { method, headers, deadlineMs, ...(body && { body: JSON.stringify(body) }) }).catch(
    (cause: unknown) => {
      throw new Fault('issuer', 'asking its management', { retryable: true, cause })
    },
  )
}

const fault = (doing: string, status: number) =>
  new Fault('issuer', doing, {
    retryable: status === 401 || status === 429 || status >= 500,
    cause: new Error(`status ${status}`),
  })
