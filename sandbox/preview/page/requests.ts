import { reportError } from './errors.ts'
import type { Talk } from './talk.ts'

interface Asked {
  method: string
  url: string
}

/** Tells what the app asks for, how it was answered and how long that took; of what the page itself loads, what failed. */
export function watchRequests(talk: Talk) {
  const tell = (asked: Asked, status: number, started: number) => {
    const url = nameOf(asked.url)
    if (url.startsWith('/@')) return
    const ms = Math.round(performance.now() - started)
    talk.tell({ everjust: 'request', method: asked.method.slice(0, 10), url: url.slice(0, 2_000), status, ms })
    if (hasFailed(status) && url.startsWith('/')) {
      reportError(talk, { source: 'preview', text: `${url.split(/[?#]/, 1)[0]} was answered with ${status}` })
    }
  }
  watchFetch(tell)
  watchXhr(tell)
  watchResources(tell)
}
type Tell = (asked: Asked, status: number, started: number) => void

// 502 to 504 come from the way to the dev server, which may be starting, not from the app.
const hasFailed = (status: number) => status >= 400 && !(status >= 502 && status <= 504)

/** An address of the app's own by its path, any other in full. */
function nameOf(url: string): string {
  const found = URL.parse(url, location.href)
  if (!found) return url
  return found.origin === location.origin ? found.pathname + found.search : found.href
}

function watchFetch(tell: Tell) {
  const own = window.fetch
  window.fetch = async function (this: unknown, input: RequestInfo | URL, options?: RequestInit) {
    const started = performance.now()
    const isRequest = input instanceof Request
    const method = (options?.method ?? (isRequest ? input.method : 'GET')).toUpperCase()
    const asked = { method, url: isRequest ? input.url : String(input) }
    try {
      const response = await own.call(window, input, options)
      tell(asked, response.status, started)
      return response
    } catch (error) {
      // What the app itself took back has not failed.
      if (!(error instanceof Error && error.name === 'AbortError')) tell(asked, 0, started)
      throw error
    }
  }
}

function watchXhr(tell: Tell) {
  const { open, send } = XMLHttpRequest.prototype
  const asked = new WeakMap<XMLHttpRequest, Asked>()
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    asked.set(this, { method: String(given[0]).toUpperCase(), url: String(given[1]) })
    return Reflect.apply(open, this, given)
  }
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
    const started = performance.now()
    const own = asked.get(this)
    let taken = false
    this.addEventListener('abort', () => (taken = true))
    this.addEventListener('loadend', () => own && !taken && tell(own, this.status, started))
    return send.call(this, body)
  }
}

function watchResources(tell: Tell) {
  const slow = 3_000
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      const { name, initiatorType, responseStatus, startTime, duration } = entry
      if (['fetch', 'xmlhttprequest', 'beacon'].includes(initiatorType)) continue
      if (responseStatus >= 400 || duration > slow) tell({ method: 'GET', url: name }, responseStatus, startTime)
    }
  })
  observer.observe({ type: 'resource', buffered: true })
  // Of another origin the browser keeps the status to itself: that it failed is all there is to know.
  addEventListener(
    'error',
    ({ target }) => {
      const url = target instanceof HTMLElement ? (target.getAttribute('src') ?? target.getAttribute('href')) : null
      if (url && URL.parse(url, location.href)?.origin !== location.origin) {
        tell({ method: 'GET', url }, 0, performance.now())
      }
    },
    true,
  )
}
