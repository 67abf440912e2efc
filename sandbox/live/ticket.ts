import { importJWK, jwtVerify, type JWTPayload } from 'jose'
import { liveProtocol, shellRight } from '../../lib/contract/live.ts'
import { shellProtocols } from '../../lib/contract/shell.ts'
import type { Doors } from './wire.ts'

const rights = { events: undefined, terminal: shellRight, search: shellRight } as const
export type Purpose = keyof typeof rights
const purposes = Object.entries({ events: liveProtocol, ...shellProtocols }) as [Purpose, string][]

/** Who was admitted to what, and until when (ms). */
export interface Admission {
  purpose: Purpose
  protocol: string
  person: string
  end: number
}

/** Checks the ticket of an upgrade (`Sec-WebSocket-Protocol: everjust.v1, <jwt>`); answers the status when it is refused. */
export async function admission(protocols: string | undefined, doors: Doors): Promise<Admission | 401 | 403> {
  const [name, ticket] = (protocols ?? '').split(',').map((part) => part.trim())
  const [purpose, protocol] = purposes.find(([, known]) => known === name) ?? []
  if (!purpose || !protocol) return 401
  const payload = await verified(ticket, doors)
  if (!payload) return 401
  const right = rights[purpose]
  const held: unknown = payload['may']
  if (right && !(Array.isArray(held) && held.includes(right))) return 403
  return { purpose, protocol, person: payload.sub ?? '', end: (payload.exp ?? 0) * 1000 }
}

/** What the holder of a ticket is here; undefined when the ticket is not good. */
export async function roleOf(ticket: string | undefined, doors: Doors): Promise<unknown> {
  return (await verified(ticket, doors))?.['role']
}

async function verified(ticket: string | undefined, { key, audience }: Doors): Promise<JWTPayload | undefined> {
  if (!ticket) return undefined
  try {
    const publicKey = await importJWK(key, 'EdDSA')
    return (await jwtVerify(ticket, publicKey, { algorithms: ['EdDSA'], audience, requiredClaims: ['exp'] })).payload
  } catch {
    return undefined
  }
}
