import { inOrder } from './in-order.ts'
import { mapped, placeIn } from './places.ts'
import type { Talk } from './talk.ts'
import { wordsOf } from './words.ts'

const most = 20
const seen = new Set<string>()

/** Tells what fails in the app while somebody uses it. */
export function watchErrors(talk: Talk) {
  // Asked anew, the page tells again what fails from then on.
  talk.on('forget', () => seen.clear())
  addEventListener('error', ({ error, message = '' }) => {
    if (error === undefined && message === '') return
    if (!message.startsWith('ResizeObserver loop')) thrown(talk, error, message)
  })
  addEventListener('unhandledrejection', ({ reason }) => thrown(talk, reason, wordsOf([reason])))
}

function thrown(talk: Talk, error: unknown, otherwise: string) {
  const isError = error instanceof Error
  const first = isError ? `${error.name}: ${error.message}` : otherwise
  const stack = isError ? (error.stack ?? '') : ''
  inOrder(async () => {
    const [detail, place] = await Promise.all([mapped(stack), placeIn(stack)])
    talk.tell({
      everjust: 'log',
      level: 'error',
      text: clean(`Uncaught ${first}`).slice(0, 2_000),
      ...(place && { place }),
    })
    reportError(talk, { source: 'preview', text: `${first}\n${detail}` })
  })
}

interface Failure {
  source: 'preview' | 'console'
  /** Its first line is what failed, the rest is its detail. */
  text: string
}

/** Tells one failure, once, for somebody to have it fixed; twenty at most. */
export function reportError(talk: Talk, { source, text }: Failure) {
  const [first = '', ...lines] = clean(text).split('\n')
  const error = { source, message: first.slice(0, 2_000), detail: lines.join('\n').slice(0, 8_000) }
  const key = `${error.message}\n${error.detail}`
  if (!error.message || seen.has(key) || seen.size >= most) return
  seen.add(key)
  talk.tell({ everjust: 'error', ...error })
}

// Addresses of modules carry the moment they were saved, which would make one failure look like many.
const clean = (text: string) => text.replaceAll(/\?[tv]=\w+/g, '').trim()
