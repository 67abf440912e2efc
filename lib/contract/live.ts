import * as z from 'zod/mini'
import { Instant } from './page.ts'

/** What a ticket allows beside following: a shell, and with it a search among the files. */
export const shellRight = 'shell'

/**
 * How to follow a project. The `ws` transport is the gateway in the sandbox: open it with the subprotocols
 * `['everjust.v1', ticket]` and `?after=<cursor>`; each message is an `EventPage`. Closed with 4401 when the ticket expires,
 * half a minute after it was asked for, unless a newer one of the same person was handed in over the socket meanwhile
 * (`Renewal`): whoever may not any more is out when the last one ends.
 * Who may change the project also opens terminals and searches there, with the same ticket (`lib/contract/shell.ts`).
 */
export const LiveTransports = z.object({
  transports: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('ws'),
        url: z.string(),
        ticket: z.string(),
        expiresAt: Instant,
        may: z.array(z.literal(shellRight)),
      }),
      z.object({ kind: z.literal('poll'), url: z.string() }),
    ]),
  ),
})
export type LiveTransports = z.infer<typeof LiveTransports>

/** What a page says on any socket to stay, of terminals and searches too. */
export const Renewal = z.object({ ticket: z.string() })
export type Renewal = z.infer<typeof Renewal>

/** How long a ticket is good, and when to ask for the next one, counted from when it was asked for. */
export const ticketLife = { seconds: 30, renewAfterSeconds: 18 } as const

export const liveProtocol = 'everjust.v1'
/** Close codes of the gateway: the ticket ran out; the request was not understood; what comes next is in the log only: poll once. */
export const liveClose = { expired: 4401, invalid: 4400, behind: 4410 } as const
