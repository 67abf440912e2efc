/** What this page tells the window around it; `everjust` says which kind it is. */
export type Said = { everjust: string } & Record<string, unknown>
export type Asked = { everjust: string } & Record<string, unknown>

const mostWaiting = 200
/** So many at once, and so many a second on average: an app that talks without end must not stop the window around it. */
const burst = 200
const aSecond = 60

/** Talks with the window around this page: with nobody until it asked, and then with the origin that asked alone. */
export function openTalk(origins: readonly string[]) {
  const heard = new Map<string, (asked: Asked) => void>()
  const bucket = openBucket()
  let origin: string | null = null
  let waiting: Said[] = []
  let left = 0

  addEventListener('message', ({ source, origin: from, data }: MessageEvent<unknown>) => {
    if (source !== parent || !isAsked(data)) return
    if (origins.length > 0 && !origins.includes(from)) return
    if (data.everjust === 'listen') origin = from
    if (from !== origin) return
    heard.get(data.everjust)?.(data)
    if (data.everjust === 'listen') tellWaiting()
  })

  return { say, tell, on: (kind: string, does: (asked: Asked) => void) => void heard.set(kind, does) }

  /** Says it to who listens. */
  function say(said: Said) {
    if (origin !== null) parent.postMessage(said, origin)
  }

  /** Says what happened in the app, within limits; what happened before anybody listened waits for them. */
  function tell(said: Said) {
    if (origin === null) return void (waiting.length < mostWaiting && waiting.push(said))
    if (!bucket.take()) return void left++
    if (left > 0) {
      say({ everjust: 'left-out', count: left })
      left = 0
    }
    say(said)
  }

  function tellWaiting() {
    const all = waiting
    waiting = []
    all.forEach(tell)
  }
}
export type Talk = ReturnType<typeof openTalk>

function openBucket() {
  let drops = burst
  let at = performance.now()
  return {
    take: () => {
      const now = performance.now()
      drops = Math.min(burst, drops + ((now - at) / 1000) * aSecond)
      at = now
      if (drops < 1) return false
      drops -= 1
      return true
    },
  }
}

const isAsked = (data: unknown): data is Asked =>
  typeof data === 'object' && data !== null && 'everjust' in data && typeof data.everjust === 'string'
