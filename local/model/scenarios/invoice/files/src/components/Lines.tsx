import { centsOf, money } from '../lib/sums'
import type { Line } from '../types'

export function Lines({ lines, onRemove }: { lines: Line[]; onRemove: (id: string) => void }) {
  if (lines.length === 0) return <p className="meta py-6 text-center">No line yet. Add what was done.</p>
  return (
    <ul aria-label="Lines" className="grid gap-2">
      {lines.map((line) => (
        <li key={line.id} className="flex flex-wrap items-center gap-3 border-b border-line pb-2">
          <span className="mr-auto font-medium">{line.title}</span>
          <span className="meta tabular-nums">
            {line.amount} × {money(line.cents)}
          </span>
          <span className="w-28 text-right tabular-nums">{money(centsOf(line))}</span>
          <button
            type="button"
            onClick={() => onRemove(line.id)}
            aria-label={`Remove ${line.title}`}
            className="quiet print:hidden"
          >
            Remove
          </button>
        </li>
      ))}
    </ul>
  )
}
