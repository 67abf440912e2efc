import { importJWK, jwtVerify } from 'jose'
import { liveProtocol } from '../../lib/contract/live.ts'
import type { Doors } from './wire.ts'

/** Checks the ticket of an upgrade (`Sec-WebSocket-Protocol: everjust.v1, <jwt>`); answers when it ends (ms), or undefined. */
export async function ticketEnd(protocols: string | undefined, { key, audience }: Doors): Promise<number | undefined> {
  const [name, ticket] = (protocols ?? '').split(',').map((part) => part.trim())
  if (name !== liveProtocol || !ticket) return undefined
  try {
    const publicKey = await importJWK(key, 'EdDSA')
    const { payload } = await jwtVerify(ticket, publicKey, { algorithms: ['EdDSA'], audience, requiredClaims: ['exp'] })
    return (payload.exp ?? 0) * 1000
  } catch {
    return undefined
  }
}
