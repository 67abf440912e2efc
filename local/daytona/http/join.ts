import type { Duplex } from 'node:stream'

/** Once one direction has ended, the other is given this long to end too; servers often forget. */
const LINGER_MS = 5000

/** Joins two connections in both directions, at the speed of the slower; when one breaks or ends, so does the other. */
export function join(one: Duplex, other: Duplex): void {
  link(one, other)
  link(other, one)
}

function link(from: Duplex, to: Duplex): void {
  from.pipe(to)
  from.on('error', () => to.destroy())
  from.on('end', () => {
    const timer = setTimeout(() => [from, to].forEach((end) => end.destroy()), LINGER_MS)
    to.on('close', () => clearTimeout(timer))
  })
  from.on('close', () => {
    if (!from.readableEnded) to.destroy()
  })
}
