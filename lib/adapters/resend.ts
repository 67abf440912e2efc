import { askJson } from '../ask-json.ts'
import type { Secret } from '../config.ts'
import { Fault } from '../ports/fault.ts'
import type { Postman } from '../ports/postman.ts'

/**
 * Sends mail by the API of Resend (resend.com/docs/api-reference/emails/send-email). A repeat with the same
 * `Idempotency-Key` within a day is answered like the first and sends nothing.
 */
export function openResend({ url, key, from }: { url: string; key: Secret; from: string }): Postman {
  return {
    async send({ id, to, subject, text }) {
      const fault = (retryable: boolean, cause: unknown) => new Fault('mail', 'sending a notice', { retryable, cause })
      const { status } = await askJson(`${url}/emails`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key.reveal()}`,
          'content-type': 'application/json',
          'idempotency-key': id,
        },
        body: JSON.stringify({ from, to: [to], subject, text }),
        deadlineMs: 10_000,
      }).catch((cause: unknown) => {
        throw fault(true, cause)
      })
      if (status >= 300) throw fault(status === 429 || status >= 500, new Error(`status ${status}`))
    },
  }
}
