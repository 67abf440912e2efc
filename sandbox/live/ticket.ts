import { importJWK, jwtVerify, type JWTPayload } from 'jose'
import { liveProtocol } from '../../lib/contract/live.ts'
import type { Doors } from './wire.ts'

/** Checks the ticket of an upgrade (`Sec-WebSocket-Protocol: everjust.v1, <jwt>`); answers when it ends (ms), or undefined. */
export async function ticketEnd(protocols: string | undefined, doors: Doors): Promise<number | undefined> {
  const [name, ticket] = (protocols ?? '').split(',').map((part) => part.trim())
  if (name !== liveProtocol) return undefined
  const payload = await verified(ticket, doors)
  return payload && (payload.exp ?? 0) * 1000
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
