import { online } from 'svelte/reactivity/window'
import type { Problem } from '#lib/api.ts'
import { backoff } from '#lib/follow/pause.ts'
import { keepUnsent, placeOf, readUnsent, type Unsent } from './unsent.ts'

export interface Post {
  /** Why it did not arrive, or was refused. */
  deliver(item: Unsent): Promise<Problem | undefined>
  refused(item: Unsent, problem: Problem): void
}

const leastPause = 1_000

/**
 * What was said, until it has arrived or was refused. It stays in this browser over a reload, a closed tab and a lost
 * connection, and goes out in the order in which it was said, from one tab at a time.
 */
export class Outbox {
  items = $state.raw<Unsent[]>([])
  /** Whether the first one is on its way. */
  sending = $state(false)
  readonly #place: string
  readonly #post: Post
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  /** Nobody hears any more what becomes of it. */
  #closed = false

  constructor(place: string, post: Post) {
    this.#place = place
    this.#post = post
    this.items = readUnsent(place)
  }

  /** Sends what was kept, and again whenever there is a connection, until the returned function is called. */
  open(): () => void {
    const stop = new AbortController()
    const { signal } = stop
    addEventListener('online', () => void this.#deliver(), { signal })
    addEventListener('storage', ({ key }) => key === placeOf(this.#place) && this.#read(), { signal })
    void this.#deliver()
    return () => {
      this.#closed = true
      stop.abort()
      clearTimeout(this.#timer)
    }
  }

  add(item: Omit<Unsent, 'key'>): void {
    this.#keep([...readUnsent(this.#place), { ...item, key: crypto.randomUUID() }])
    void this.#deliver()
  }

  /** Takes back what was not sent yet; undefined when it is on its way already, be it from another tab. */
  async takeBack(key: string): Promise<Unsent | undefined> {
    if (readUnsent(this.#place)[0]?.key !== key) return this.#take(key)
    const unlessSent = { ifAvailable: true }
    return navigator.locks.request(placeOf(this.#place), unlessSent, (free) => (free ? this.#take(key) : undefined))
  }

  #take(key: string): Unsent | undefined {
    const items = readUnsent(this.#place)
    this.#keep(items.filter((item) => item.key !== key))
    return items.find((item) => item.key === key)
  }

  async #deliver(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.items.length === 0) return
    await navigator.locks.request(placeOf(this.#place), async () => {
      // Another tab may have sent some of it meanwhile.
      this.#read()
      for (let [item] = this.items; item; [item] = this.items) {
        if (this.#closed || !(await this.#send(item))) return
      }
    })
  }

  /** False when it has to be tried again later. */
  async #send(item: Unsent): Promise<boolean> {
    if (online.current === false) return false
    this.sending = true
    const problem = await this.#post.deliver(item)
    this.sending = false
    // Whoever comes back sends it again under its key, and hears then why it was refused.
    if (problem && this.#closed) return false
    if (problem?.code === 'unreachable' || problem?.code === 'unauthenticated') {
      this.#timer = setTimeout(() => void this.#deliver(), leastPause + backoff(++this.#failures))
      return false
    }
    this.#failures = 0
    const rest = readUnsent(this.#place).filter(({ key }) => key !== item.key)
    // A run is under way that was not known of: it waits for its end, under another key, since it is asked for elsewhere.
    const late = problem?.code === 'generation_active' && item.way === 'start'
    this.#keep(late ? [{ ...item, key: crypto.randomUUID(), way: 'wait' }, ...rest] : rest)
    if (problem) this.#post.refused(item, problem)
    return true
  }

  #read(): void {
    this.items = readUnsent(this.#place)
  }

  #keep(items: Unsent[]): void {
    keepUnsent(this.#place, items)
    this.items = items
  }
}
