import type { Api } from '../../web/src/lib/api.ts'

interface Asked {
  method: string
  path: string
  key: string | undefined
  answer: (value: unknown) => void
}

/** An API that answers when the test says so, and in the order it says. */
export class SlowApi {
  /** What waits for an answer. */
  readonly waiting: Asked[] = []
  readonly api = {
    get: (path: string) => this.#ask('GET', path),
    send: (method: string, path: string) => this.#ask(method, path),
    sendOnce: (path: string, _: unknown, key: string) => this.#ask('POST', path, key),
  } as unknown as Api

  #ask(method: string, path: string, key?: string): Promise<unknown> {
    return new Promise((answer) => this.waiting.push({ method, path, key, answer }))
  }

  /** Answers the oldest such request, and lets everything happen that comes of it. */
  async answer(method: string, end: RegExp, value: unknown): Promise<void> {
    const at = this.waiting.findIndex((asked) => asked.method === method && end.test(asked.path))
    const [asked] = this.waiting.splice(at, at < 0 ? 0 : 1)
    if (!asked) throw new Error(`Nobody asked ${method} ${end}: ${this.#open()}`)
    asked.answer(value)
    await settled()
  }

  #open(): string {
    return this.waiting.map(({ method, path }) => `${method} ${path}`).join(', ')
  }
}

/** Resolves when all has happened that waits for nothing. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
