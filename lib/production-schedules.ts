import { openFunctions } from './adapters/functions.ts'
import { Config } from './config.ts'
import type { ScheduleContext } from './context.ts'
import { openLog } from './log.ts'
import { openDatabase } from './store/sql.ts'

let warm: ScheduleContext | undefined

/** The world of the schedules: they read and write rows and wake jobs, and reach nothing else. */
export function production(): ScheduleContext {
  return (warm ??= openScheduleContext(new Config()))
}

export function openScheduleContext(config: Config): ScheduleContext {
  return {
    now: () => new Date(),
    log: openLog({}),
    mostAtOnce: config.count('GENERATIONS_AT_ONCE'),
    database: openDatabase(config.text('DATABASE_URL')),
    dispatcher: openFunctions({ url: config.text('FUNCTIONS_API_URL'), key: config.secret('FUNCTIONS_API_KEY') }),
  }
}
