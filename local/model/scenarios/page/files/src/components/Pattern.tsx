const columns = 8
const rows = 4

/** A composition of quarter circles, drawn from a text: the same text always gives the same picture. */
export function Pattern({ seed }: { seed: string }) {
  const next = numbersFrom(seed)
  const tiles = Array.from({ length: columns * rows }, (_, index) => ({
    x: (index % columns) * 100,
    y: Math.floor(index / columns) * 100,
    turn: Math.floor(next() * 4) * 90,
    shape: shapes[Math.floor(next() * shapes.length)] ?? '',
    colours: pairs[Math.floor(next() * pairs.length)] ?? pairs[0],
  }))
  return (
    <svg
      viewBox={`0 0 ${columns * 100} ${rows * 100}`}
      className="block w-full"
      role="img"
      aria-label={`Pattern of ${seed}`}
    >
      {tiles.map(({ x, y, turn, shape, colours: [ground, ink] = [] }) => (
        <g key={`${x}-${y}`} transform={`translate(${x} ${y})`}>
          <rect width="100.5" height="100.5" className={ground} />
          <path d={shape} transform={`rotate(${turn} 50 50)`} className={ink} />
        </g>
      ))}
    </svg>
  )
}

const shapes = [
  'M0 0h100A100 100 0 0 1 0 100Z',
  'M0 0h100A50 50 0 0 1 0 0Z',
  'M50 0A50 50 0 1 1 50 100 50 50 0 1 1 50 0Z',
  'M0 0 100 100H0Z',
  'M0 0h50v100H0Z',
  'M0 0A100 100 0 0 1 100 100H60A60 60 0 0 0 0 40Z',
  'M50 20A30 30 0 1 1 50 80 30 30 0 1 1 50 20Z',
]
const pairs = [
  ['fill-tint', 'fill-accent'],
  ['fill-tint', 'fill-second'],
  ['fill-tint', 'fill-accent-deep'],
  ['fill-surface', 'fill-ink'],
  ['fill-surface', 'fill-second'],
  ['fill-sand', 'fill-accent'],
  ['fill-sand', 'fill-second'],
  ['fill-accent', 'fill-second'],
  ['fill-accent', 'fill-accent-deep'],
  ['fill-accent', 'fill-surface'],
  ['fill-second', 'fill-sand'],
]

// A small generator of even numbers between 0 and 1 (mulberry32), begun from the letters of the text.
function numbersFrom(text: string): () => number {
  let state = [...text].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16777619), 2166136261)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
