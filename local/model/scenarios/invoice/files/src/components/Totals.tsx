import { money, sumsOf } from '../lib/sums'
import type { Line } from '../types'

type Props = { lines: Line[]; tax: number; onTax: (percent: number) => void }

export function Totals({ lines, tax, onTax }: Props) {
  const sums = sumsOf(lines, tax)
  return (
    <dl className="ml-auto grid w-full max-w-xs grid-cols-2 items-center gap-y-2 text-right tabular-nums">
      <dt className="meta">Net</dt>
      <dd>{money(sums.net)}</dd>
      <dt className="meta">
        <label className="flex items-center justify-end gap-2">
          Tax, %
          <input
            type="number"
            min={0}
            max={100}
            step="any"
            value={tax}
            onChange={(event) => onTax(Math.min(100, Math.max(0, event.target.valueAsNumber || 0)))}
            className="field w-20 text-ink"
          />
        </label>
      </dt>
      <dd>{money(sums.tax)}</dd>
      <dt className="text-lg font-semibold">Total</dt>
      <dd className="text-lg font-semibold">
        <output aria-label="Total">{money(sums.total)}</output>
      </dd>
    </dl>
  )
}
