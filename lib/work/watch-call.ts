import type { RelayDesk } from '../context.ts'
import type { CallId } from '../contract/ids.ts'
import type { TokenUsage } from '../domain/prices.ts'
import type { ModelReply } from '../ports/model-upstream.ts'

export type Guard = ReturnType<typeof watch>

const lookEveryMs = 3_000
const mostSilenceMs = 120_000
const mostMs = 840_000

interface Watched {
  callId: CallId
  isWanted(usage: TokenUsage | null): Promise<boolean>
  gone?: AbortSignal | undefined
}

/** Cuts a reply off when its run no longer wants it, when the model falls silent, or before the host's own time is up. */
export function watch({ log }: Pick<RelayDesk, 'log'>, { callId, isWanted, gone }: Watched) {
  const controller = new AbortController()
  const started = Date.now()
  let heardAt = started
  let reply: ModelReply | undefined
  let unwanted = false

  async function look(): Promise<void> {
    const now = Date.now()
    if (now - started > mostMs || now - heardAt > mostSilenceMs) return controller.abort(new Error('It took too long.'))
    if (await isWanted(reply?.usage() ?? null)) return
    unwanted = true
    controller.abort(new Error('The run no longer wants it.'))
  }

  const timer = setInterval(() => {
    look().catch((error: unknown) => log('warning', 'a call could not be looked after', { call: callId, error }))
  }, lookEveryMs)
  return {
    signal: gone ? AbortSignal.any([gone, controller.signal]) : controller.signal,
    listen: (given: ModelReply) => void (reply = given),
    isUnwanted: () => unwanted || gone?.aborted === true,
    heard: () => void (heardAt = Date.now()),
    stop: () => clearInterval(timer),
  }
}
