import { mapped, placeIn } from './places.ts'
import { inOrder } from './in-order.ts'
import { reportError } from './errors.ts'
import type { Talk } from './talk.ts'
import { wordsOf } from './words.ts'

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const

/** Tells what the app writes to its console, with the place it was written at. */
export function watchConsole(talk: Talk) {
  for (const level of levels) {
    const own = console[level].bind(console)
    console[level] = (...values: unknown[]) => {
      own(...values)
      const text = wordsOf(values)
      const stack = new Error().stack ?? ''
      inOrder(async () => {
        const [place, said] = await Promise.all([placeIn(stack), mapped(text)])
        talk.tell({ everjust: 'log', level, text: said, ...(place && { place }) })
        if (level === 'error') reportError(talk, { source: 'console', text: said })
      })
    }
  }
}
