import type { RawData, WebSocket } from 'ws'
import { liveClose, Renewal } from '../../lib/contract/live.ts'
import { parsed } from '../parsed.ts'
import { admission, type Admission } from './ticket.ts'
import type { Doors } from './wire.ts'

/** Passes on what a socket says, but for the tickets that it hands in. */
export type Hear = (take: (data: RawData, binary: boolean) => void) => void

/**
 * A socket lasts as long as its ticket, or the newest that the same person handed in for the same purpose: one that is not
 * good is passed over, so whoever is given none any more is out when the last one ends.
 */
export function stay(socket: WebSocket, { protocol, person, end }: Admission, doors: () => Doors | undefined): Hear {
  let until = end
  let take: Parameters<Hear>[0] = () => {}
  let expiry = setTimeout(leave, until - Date.now())
  socket.on('close', () => clearTimeout(expiry))
  socket.on('message', (data, binary) => {
    const renewal = binary ? undefined : Renewal.safeParse(parsed(bytesOf(data))).data
    if (renewal) void renew(renewal.ticket)
    else take(data, binary)
  })
  return (given) => (take = given)

  function leave() {
    socket.close(liveClose.expired, 'ticket expired')
  }

  async function renew(ticket: string) {
    const known = doors()
    const admitted = known && (await admission(`${protocol},${ticket}`, known))
    if (typeof admitted !== 'object' || admitted.person !== person || admitted.end <= until) return
    if (socket.readyState !== socket.OPEN) return
    until = admitted.end
    clearTimeout(expiry)
    expiry = setTimeout(leave, until - Date.now())
  }
}

export const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)
