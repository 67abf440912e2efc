import type { IncomingMessage } from 'node:http'
import * as z from 'zod'

/** An answer as Resend words its errors (resend.com/docs/api-reference/errors). */
export class Refused extends Error {
  readonly status: number
  override readonly name: string
  constructor(status: number, name: string, message: string) {
    super(message)
    this.status = status
    this.name = name
  }
}

const Sending = z.object({
  from: z.string().min(1),
  to: z.union([z.string(), z.array(z.string()).min(1).max(50)]).transform((to) => [to].flat()),
  subject: z.string().min(1),
  text: z.string(),
})
export type Sending = z.infer<typeof Sending>

/** The mail in a request; refused when it is none. */
export async function readSending(request: IncomingMessage): Promise<Sending> {
  const parts = await Array.fromAsync(request as AsyncIterable<Buffer>)
  const { success, data } = Sending.safeParse(parsed(Buffer.concat(parts).toString('utf8')))
  if (!success || !data.to.every((to) => /^[^\s@<>]+@[^\s@<>]+$/.test(to))) {
    throw new Refused(422, 'validation_error', 'A mail needs `from`, `to`, `subject` and `text`.')
  }
  return data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
