import type { ActivationRecord } from './activation-records.ts'
import type { Invoke } from './activation.ts'
import { parseCron } from './cron.ts'
import type { FunctionSpec, TriggerSpec } from './project-file.ts'

export type Schedules = {
  /** Fires a trigger now; settles with the record of what it ran. */
  fire(name: string): Promise<ActivationRecord>
  start(): void
  stop(): void
}

export type ScheduleSetting = { triggers: TriggerSpec[]; functions: Map<string, FunctionSpec>; invoke: Invoke }

const minute = 60_000

/** Fires the scheduled triggers, each at the start of its minutes (UTC), never waiting for the run before. */
export function createSchedules({ triggers, functions, invoke }: ScheduleSetting): Schedules {
  const due = triggers.map((trigger) => ({ trigger, isDue: parseCron(trigger.cron) }))
  let timer: NodeJS.Timeout | undefined

  const fire = (trigger: TriggerSpec): Promise<ActivationRecord> => {
    const spec = functions.get(trigger.address)
    if (!spec) throw new Error(`The trigger ${trigger.name} names an unknown function`)
    const activation = invoke({ spec, event: { ...spec.parameters, ...trigger.body }, awaited: false })
    if ('refused' in activation) return Promise.reject(new Error(activation.refused))
    return activation.recorded
  }
  const wait = (): void => {
    timer = setTimeout(tick, minute - (Date.now() % minute))
  }
  const tick = (): void => {
    const now = new Date()
    for (const { trigger, isDue } of due) {
      // A refused tick is lost, as it is on the platform: the next one comes.
      if (trigger.enabled && isDue(now)) fire(trigger).catch(() => undefined)
    }
    wait()
  }

  return {
    fire(name) {
      const trigger = triggers.find((candidate) => candidate.name === name)
      if (!trigger) throw new Error(`There is no trigger called ${name}`)
      return fire(trigger)
    },
    start: wait,
    stop: () => clearTimeout(timer),
  }
}
