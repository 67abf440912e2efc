import type { Params, RemoteObject, StackTrace } from './events.ts'
import type { Happening } from './pipe.ts'

const most = 20
const mostLine = 1_000

interface Seen {
  origin: string
  errors: Set<string>
  failed: Set<string>
  underWay: Map<string, { url: string; method: string }>
  lastMove: number
}

/** Gathers what a page complains of, and when it last did anything on the network. */
export function openComplaints(origin: string) {
  const seen: Seen = { origin, errors: new Set(), failed: new Set(), underWay: new Map(), lastMove: Date.now() }
  return {
    take: ({ method, params }: Happening) => takers[method as keyof Params]?.(seen, params as never),
    /** Milliseconds since nothing is on its way any more; 0 while something is. */
    quietMs: () => (seen.underWay.size > 0 ? 0 : Date.now() - seen.lastMove),
    errors: () => [...seen.errors].slice(0, most),
    failed: () => [...seen.failed].slice(0, most),
  }
}

const takers: Partial<{ [K in keyof Params]: (seen: Seen, params: Params[K]) => void }> = {
  'Runtime.consoleAPICalled': (seen, { type, args, stackTrace }) => {
    if (type === 'error' || type === 'assert') note(seen, `console.error: ${args.map(wordsOf).join(' ')}`, stackTrace)
  },
  'Runtime.exceptionThrown': (seen, { exceptionDetails: { text, exception, stackTrace, url } }) => {
    const said = exception ? (wordsOf(exception).split('\n')[0] ?? '') : ''
    note(seen, `${text} ${said}`, stackTrace ?? { callFrames: url ? [{ url, lineNumber: 0 }] : [] })
  },
  'Log.entryAdded': (seen, { entry: { source, level, text } }) => {
    // Failed requests are told by the network itself, with whose they are.
    if (level === 'error' && source !== 'network') note(seen, `console.error: ${text}`)
  },
  'Network.requestWillBeSent': (seen, { requestId, request }) => {
    if (/^https?:/.test(request.url)) seen.underWay.set(requestId, request)
    seen.lastMove = Date.now()
  },
  'Network.responseReceived': (seen, { requestId, response: { status, mimeType } }) => {
    if (status >= 400) refused(seen, requestId, `answers ${status}`)
    // It never ends.
    if (mimeType === 'text/event-stream') ended(seen, requestId)
  },
  'Network.loadingFinished': (seen, { requestId }) => ended(seen, requestId),
  'Network.loadingFailed': (seen, { requestId, errorText, canceled }) => {
    if (!canceled) refused(seen, requestId, `fails with ${errorText}`)
    ended(seen, requestId)
  },
}

function note({ origin, errors }: Seen, line: string, trace?: StackTrace) {
  const frame = trace?.callFrames.find(({ url }) => url.startsWith(origin) && !url.includes('/node_modules/'))
  const place = frame ? ` at ${new URL(frame.url).pathname.slice(1)}:${frame.lineNumber + 1}` : ''
  errors.add((line.replaceAll(/\s+/g, ' ').trim().slice(0, mostLine) + place).replaceAll(`${origin}/`, ''))
}

function refused({ origin, underWay, failed }: Seen, id: string, how: string) {
  const { url, method } = underWay.get(id) ?? {}
  if (url === undefined) return
  const { pathname, origin: whose } = new URL(url)
  // Browsers ask for an icon by themselves.
  if (whose === origin && pathname !== '/favicon.ico') failed.add(`${method} ${pathname.slice(0, mostLine)} ${how}`)
}

function ended(seen: Seen, id: string) {
  seen.underWay.delete(id)
  seen.lastMove = Date.now()
}

const wordsOf = ({ value, description }: RemoteObject): string =>
  typeof value === 'string' ? value : (description ?? JSON.stringify(value) ?? 'undefined')
