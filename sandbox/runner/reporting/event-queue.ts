import type { Event } from '../../../lib/contract/event.ts'

const mostBytes = 64 * 1024
const mostEvents = 200

/** Events that wait to be reported, in order; a batch stays in the queue until it is dropped. */
export function openEventQueue(first: readonly Event[] = []) {
  const waiting = first.map(weighed)

  return {
    size: () => waiting.length,
    /** Whether enough waits to be worth a report at once. */
    isFull: () => waiting.length >= mostEvents || sum(waiting) > mostBytes,
    add: (event: Event) => waiting.push(weighed(event)),
    batch: () => {
      let bytes = 0
      const end = waiting.findIndex((one, index) => index >= mostEvents || (bytes += one.bytes) > mostBytes)
      return waiting.slice(0, end === -1 ? waiting.length : Math.max(1, end)).map(({ event }) => event)
    },
    drop: (count: number) => waiting.splice(0, count),
  }
}

const weighed = (event: Event) => ({ event, bytes: JSON.stringify(event).length })

const sum = (waiting: readonly { bytes: number }[]) => waiting.reduce((total, { bytes }) => total + bytes, 0)
