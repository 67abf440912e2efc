import type { RelayDesk } from '../../../lib/context.ts'
import type { ModelReply } from '../../../lib/ports/model-upstream.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { OpenCall } from '../../../lib/store/model-calls.ts'

export type Guard = ReturnType<typeof watch>

const lookEveryMs = 3_000
const mostSilenceMs = 120_000
const mostMs = 840_000

/** Cuts a reply off when its run no longer wants it, when the model falls silent, or before the function's own time is up. */
export function watch(
  { within, log }: RelayDesk,
  { job, call, leaseSeconds }: { job: Job; call: OpenCall; leaseSeconds: number },
) {
  const controller = new AbortController()
  const started = Date.now()
  let heardAt = started
  let reply: ModelReply | undefined

  async function look(): Promise<void> {
    const now = Date.now()
    if (now - started > mostMs || now - heardAt > mostSilenceMs) return controller.abort(new Error('It took too long.'))
    const usage = reply?.usage() ?? null
    const wanted = await within(({ modelCalls }) => modelCalls.watch(call.id, job, { leaseSeconds, usage }))
    if (!wanted) controller.abort(new Error('The run no longer wants it.'))
  }

  const timer = setInterval(() => {
    look().catch((error: unknown) => log('warning', 'a call could not be looked after', { call: call.id, error }))
  }, lookEveryMs)
  return {
    signal: controller.signal,
    listen: (given: ModelReply) => void (reply = given),
    heard: () => void (heardAt = Date.now()),
    stop: () => clearInterval(timer),
  }
}
