import { shown } from '../lib/money'
import { byCategory } from '../lib/totals'
import type { Category, Expense } from '../types'

type Props = { expenses: Expense[]; chosen: Category | undefined; onChoose: (category: Category | undefined) => void }

export function CategoryBars({ expenses, chosen, onChoose }: Props) {
  const rows = byCategory(expenses)
  const most = rows[0]?.sum ?? 1
  return (
    <section aria-labelledby="by-category" className="card p-4 sm:p-5">
      <h2 id="by-category" className="font-semibold">
        By category
      </h2>
      {rows.length === 0 && <p className="mt-3 text-muted">Bars appear with the first entry of the month.</p>}
      <ul className="mt-3 grid gap-1">
        {rows.map(({ category, sum }) => (
          <li key={category}>
            <button
              type="button"
              aria-pressed={chosen === category}
              onClick={() => onChoose(chosen === category ? undefined : category)}
              className="grid w-full grid-cols-[1fr_auto] gap-x-4 gap-y-1 rounded-md p-2 text-left hover:bg-ground aria-pressed:bg-ground aria-pressed:ring-1 aria-pressed:ring-accent"
            >
              <span className="text-sm font-medium">{category}</span>
              <span className="font-mono text-sm tabular-nums">{shown(sum)}</span>
              <span className="col-span-2 h-2 rounded-full bg-line">
                <span className="block h-full rounded-full bg-accent" style={{ width: `${(sum / most) * 100}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
