import { openFunctions } from './adapters/functions.ts'
import { isSigned } from './auth/stripe-signature.ts'
import { Config, Secret } from './config.ts'
import type { HookContext } from './context.ts'
import { openLog } from './log.ts'
import type { Dispatcher } from './ports/dispatcher.ts'
import { takeBillingEvent } from './store/billing.ts'
import { openDatabase, type Database } from './store/sql.ts'

let warm: HookContext | undefined

/** The world of the webhooks: they write down what came, and wake who looks at it. */
export function production(): HookContext {
  return (warm ??= openHookContext(new Config()))
}

interface Parts {
  now(): Date
  log: HookContext['log']
  database: Database
  dispatcher: Dispatcher
}

export function openHookContext(config: Config, parts: Partial<Parts> = {}): HookContext {
  const { now = () => new Date(), log = openLog({}) } = parts
  const database = parts.database ?? openDatabase(config.text('DATABASE_URL'))
  const dispatcher =
    parts.dispatcher ??
    openFunctions({ url: config.text('FUNCTIONS_API_URL'), key: config.secret('FUNCTIONS_API_KEY') })
  const secrets = config.list('STRIPE_WEBHOOK_SECRET').map((each) => new Secret(each))
  return {
    log,
    isSigned: (delivery) => isSigned(delivery, secrets, now()),
    takeEvent: (event) => takeBillingEvent(database, event),
    wake: (jobId) =>
      dispatcher.wake('sync-billing', jobId).catch((error: unknown) => log('warning', 'a wake-up was lost', { error })),
  }
}
