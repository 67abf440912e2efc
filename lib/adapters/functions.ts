import type { Secret } from '../config.ts'
import type { Dispatcher } from '../ports/dispatcher.ts'
import { Fault } from '../ports/fault.ts'

/**
 * Invokes `jobs/<kind>` without waiting for it, by the platform's REST API. Only the job's id travels: what is to be done
 * stands in the job's row, so a lost or repeated wake-up does no harm.
 */
export function openFunctions({ url, key }: { url: string; key: Secret }): Dispatcher {
  return {
    async wake(kind, jobId) {
      const fault = (cause: unknown) => new Fault('functions', `waking ${kind}`, { retryable: true, cause })
      const answer = await fetch(`${url}/api/v1/namespaces/_/actions/jobs/${kind}?blocking=false`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(key.reveal()).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ jobId }),
        signal: AbortSignal.timeout(1_000),
      }).catch((cause: unknown) => {
        throw fault(cause)
      })
      await answer.body?.cancel()
      if (!answer.ok) throw fault(new Error(`status ${answer.status}`))
    },
  }
}
