import { openDaytona } from './adapters/daytona.ts'
import { openMail } from './adapters/mail.ts'
import { bucketUrl } from './adapters/spaces.ts'
import { openLiveTickets } from './auth/live-ticket.ts'
import { openReceipts } from './auth/receipts.ts'
import { openRunTokens } from './auth/run-token.ts'
import { openSeals } from './auth/seal.ts'
import { Config } from './config.ts'
import type { JobContext } from './context.ts'
import { sandboxHosts } from './domain/sandbox-hosts.ts'
import { openObjects } from './production-objects.ts'
import { openScheduleContext } from './production-schedules.ts'

let warm: JobContext | undefined

/** The world of the jobs: made by the first job of an instance, kept for the ones after it. */
export function production(): JobContext {
  return (warm ??= openJobContext(new Config()))
}

/** Everything a job asks of the world, as the settings name it. Connects to nothing yet. */
export function openJobContext(config: Config): JobContext {
  const named = config.text('MODEL_GATEWAY')
  const gateway = named === 'functions' ? undefined : named
  const api = config.text('EVERJUST_URL')
  const bucket = bucketUrl(config.text('SPACES_ENDPOINT'), config.text('SPACES_BUCKET'))
  return {
    ...openScheduleContext(config),
    origins: { web: config.list('WEB_ORIGINS'), api },
    objects: openObjects(config),
    receipts: openReceipts(config.secret('TICKET_PRIVATE_KEY')),
    liveTickets: openLiveTickets(config.secret('TICKET_PRIVATE_KEY')),
    runTokens: openRunTokens(config.secret('TOKEN_SECRET')),
    seals: openSeals(config.secret('SEALING_KEY')),
    provider: openDaytona({
      apiUrl: config.text('DAYTONA_API_URL'),
      apiKey: config.secret('DAYTONA_API_KEY'),
      target: config.text('DAYTONA_TARGET'),
    }),
    mail: openMail([`${api}/api/v1/`, bucket]),
    gateway,
    plan: {
      snapshot: config.text('DAYTONA_SNAPSHOT'),
      hosts: sandboxHosts(config.list('SANDBOX_ALLOW_HOSTS'), [api, bucket, gateway]),
    },
  }
}
