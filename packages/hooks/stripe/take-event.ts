import * as z from 'zod/mini'
import type { Take } from '../../../lib/entry/hook.ts'

/** All that is believed of an event: which one it is, and of whom. */
const Event = z.object({
  id: z.string().check(z.maxLength(255)),
  type: z.string().check(z.maxLength(255)),
  data: z.object({
    object: z.looseObject({
      id: z.optional(z.string()),
      object: z.optional(z.string()),
      customer: z.optional(z.unknown()),
    }),
  }),
})

/** Writes an event down together with the job that looks at the account it is about. */
export const takeEvent: Take = async ({ header, bytes }, { isSigned, takeEvent, wake }) => {
  if (!isSigned({ header: header('stripe-signature'), bytes })) return 'forged'
  const event = Event.safeParse(JSON.parse(bytes.toString('utf8')))
  if (!event.success) return 'of no interest'
  const { id, type, data } = event.data
  const { object } = data
  const customer = object.object === 'customer' ? object.id : object.customer
  const jobId = await takeEvent({ id, type, customerId: typeof customer === 'string' ? customer : null })
  if (jobId === null) return 'known'
  // A lost wake-up is made good by `cron/minute`.
  await wake(jobId)
  return 'taken'
}
