import type { Line } from '../types'

export function Tape({ lines }: { lines: Line[] }) {
  if (lines.length === 0) return <p className="meta text-center">Results are kept here.</p>
  return (
    <ol aria-label="Tape" className="grid gap-1 text-right tabular-nums">
      {lines.slice(0, 6).map(({ id, sum, result }) => (
        <li key={id} className="meta">
          {sum} = <span className="text-ink">{result}</span>
        </li>
      ))}
    </ol>
  )
}
