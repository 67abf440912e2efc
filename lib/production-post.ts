import { openResend } from './adapters/resend.ts'
import { Config } from './config.ts'
import type { PostContext } from './context.ts'
import { openScheduleContext } from './production-schedules.ts'

let warm: PostContext | undefined

/** The world of the job that sends mail to people. */
export function production(): PostContext {
  return (warm ??= openPostContext(new Config()))
}

export function openPostContext(config: Config): PostContext {
  const [site = config.text('EVERJUST_URL')] = config.list('WEB_ORIGINS')
  return {
    ...openScheduleContext(config),
    site,
    postman: openResend({
      url: config.text('RESEND_URL'),
      key: config.secret('RESEND_API_KEY'),
      from: config.text('MAIL_FROM'),
    }),
  }
}
