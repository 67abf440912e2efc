import { openStripe } from './adapters/stripe.ts'
import { Config } from './config.ts'
import type { Context, PaymentsContext } from './context.ts'
import type { Payments } from './ports/payments.ts'
import { openContext } from './production.ts'
import { openScheduleContext } from './production-schedules.ts'

let warm: Context | undefined
let warmJob: PaymentsContext | undefined

/** The world of the web function that asks for payments: the other ones carry nothing of it. */
export function production(): Context {
  return (warm ??= openPayingContext(new Config()))
}

export const openPayingContext = (config: Config): Context => ({
  ...openContext(config),
  payments: openPayments(config),
})

/** The world of the job that fetches what was paid. */
export function productionOfJob(): PaymentsContext {
  return (warmJob ??= openPaymentsContext(new Config()))
}

const openPaymentsContext = (config: Config): PaymentsContext => ({
  ...openScheduleContext(config),
  payments: openPayments(config),
})

export const openPayments = (config: Config): Payments =>
  openStripe({ url: config.text('STRIPE_API_URL'), key: config.secret('STRIPE_SECRET_KEY') })
