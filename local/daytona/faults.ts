import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from './http/refusal.ts'
import { sendError } from './http/reply.ts'

/** What goes wrong on purpose; each counter counts down with the requests it spoils. */
export type FaultSettings = {
  /** Milliseconds added to every request. */
  readonly latencyMs?: number
  /** The next so many requests are answered with 502. */
  readonly badGateway?: number
  /** The next so many requests are answered with 429 and the headers of a rate limit. */
  readonly tooMany?: number
  /** The next so many followed logs are cut after their first frame. */
  readonly closeSockets?: number
}

/** Switches for tests: what real clouds do on bad days. */
export class Faults {
  #settings: Required<FaultSettings>

  constructor(settings: FaultSettings = {}) {
    this.#settings = { latencyMs: 0, badGateway: 0, tooMany: 0, closeSockets: 0, ...settings }
  }

  set(settings: FaultSettings): void {
    this.#settings = { ...this.#settings, ...settings }
  }

  /** Delays the request, and answers it when a fault is due. True when it was answered. */
  async spoil(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (this.#settings.latencyMs > 0) await sleep(this.#settings.latencyMs)
    if (this.#take('tooMany')) {
      response.setHeader('retry-after', '1')
      response.setHeader('retry-after-authenticated', '1')
      response.setHeader('x-ratelimit-limit-authenticated', '10000')
      response.setHeader('x-ratelimit-remaining-authenticated', '0')
      response.setHeader('x-ratelimit-reset-authenticated', '1')
      sendError(request, response, [new Refusal(429, 'ThrottlerException: Too Many Requests'), 'DAYTONA_API'])
      return true
    }
    if (!this.#take('badGateway')) return false
    sendError(request, response, [new Refusal(502, 'bad gateway'), 'DAYTONA_PROXY'])
    return true
  }

  /** Whether the log that is followed now shall be cut early. */
  cutsSocket(): boolean {
    return this.#take('closeSockets')
  }

  #take(name: 'badGateway' | 'tooMany' | 'closeSockets'): boolean {
    if (this.#settings[name] <= 0) return false
    this.#settings = { ...this.#settings, [name]: this.#settings[name] - 1 }
    return true
  }
}
