/** An answer as Stripe words its errors (docs.stripe.com/api/errors). */
export class Refused extends Error {
  readonly status: number
  readonly type: string
  code: string | undefined
  constructor(status: number, type: string, message: string) {
    super(message)
    this.status = status
    this.type = type
  }
  get body(): Record<string, unknown> {
    return { error: { type: this.type, message: this.message, ...(this.code && { code: this.code }) } }
  }
}

const withCode = (refused: Refused, code: string) => Object.assign(refused, { code })

export const missing = (what: string, id = ''): Refused =>
  withCode(new Refused(404, 'invalid_request_error', `No such ${what}: '${id}'`), 'resource_missing')

export const invalid = (message: string): Refused => new Refused(400, 'invalid_request_error', message)

export const declined = (): Refused =>
  withCode(new Refused(402, 'card_error', 'Your card was declined.'), 'card_declined')
