import { createHmac } from 'node:crypto'
import type { Event } from './books.ts'
import { eventShape } from './shapes.ts'

export interface Webhook {
  url: string
  secret: string
}

export interface Delivery {
  body: string
  headers: Record<string, string>
}

/** An event as it is sent: signed over its exact bytes (docs.stripe.com/webhooks#verify-manually); `at` in seconds. */
export function signed(event: Event, secret: string, at = Math.floor(Date.now() / 1000)): Delivery {
  const body = JSON.stringify(eventShape(event))
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  return { body, headers: { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signature}` } }
}

/** Delivers events one after the other, each until it is taken or `mostTries` failed. */
export function openDeliveries({ url, secret }: Webhook, { mostTries = 5, pauseMs = 1_000 } = {}) {
  const stopped = new AbortController()
  let line = Promise.resolve()
  const deliver = async (event: Event) => {
    for (let tries = 1; tries <= mostTries && !stopped.signal.aborted; tries++) {
      const { body, headers } = signed(event, secret)
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(20_000)])
      const taken = await fetch(url, { method: 'POST', body, headers, signal }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (taken) return
      await pause(pauseMs * tries, stopped.signal)
    }
  }
  return {
    send: (events: readonly Event[]): void => {
      for (const event of events) line = line.then(() => deliver(event))
    },
    stop: async (): Promise<void> => {
      stopped.abort()
      await line
    },
  }
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    stopped.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
