import * as z from 'zod/mini'

/**
 * How a sandbox that cannot reach out speaks to the API and to storage: its programs leave letters with the live
 * gateway, and the control plane comes to fetch them, sends them, and brings the replies. Bodies are base64.
 */
export const Letter = z.object({
  id: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.nullable(z.string()),
})
export type Letter = z.infer<typeof Letter>

export const LetterReply = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,80}$/)),
  /** 0 when nobody answered. */
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type LetterReply = z.infer<typeof LetterReply>

/** One call of the control plane at the gateway: replies it brings, and how long it waits for letters. */
export const MailRound = z.strictObject({
  replies: z.array(LetterReply),
  waitSeconds: z.number().check(z.minimum(0), z.maximum(20)),
})
export type MailRound = z.infer<typeof MailRound>
export const MailBag = z.object({ letters: z.array(Letter) })

/** Where the gateway takes such calls; their ticket carries this role. */
export const mailPath = '/mail'
export const carrierRole = 'carrier'
