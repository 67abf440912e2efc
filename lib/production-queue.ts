import { Config } from './config.ts'
import type { QueueContext } from './context.ts'
import { openScheduleContext } from './production-schedules.ts'

let warm: QueueContext | undefined

/** The world of the job that starts waiting messages. */
export function production(): QueueContext {
  return (warm ??= openQueueContext(new Config()))
}

export function openQueueContext(config: Config): QueueContext {
  const model = config.text('MODEL')
  return {
    ...openScheduleContext(config),
    settings: { model: { id: model, scripted: model.startsWith('scripted-') } },
  }
}
