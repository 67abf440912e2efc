import { nameOfDay, shown } from '../lib/money'
import { newestFirst } from '../lib/totals'
import type { Expense } from '../types'

type Props = { expenses: Expense[]; onRemove: (id: string) => void }

export function Ledger({ expenses, onRemove }: Props) {
  if (expenses.length === 0) {
    return (
      <p className="card p-10 text-center text-muted">
        Nothing was spent here. Add an entry, or look at another month.
      </p>
    )
  }
  return (
    <ul aria-label="Entries" className="card divide-y divide-line px-4 sm:px-5">
      {newestFirst(expenses).map((expense) => (
        <li key={expense.id} className="flex items-center gap-4 py-3">
          <div className="mr-auto min-w-0">
            <p className="truncate font-medium">{expense.title}</p>
            <p className="meta">
              {expense.category}, {nameOfDay(expense.day)}
            </p>
          </div>
          <span className="font-mono tabular-nums">{shown(expense.amount)}</span>
          <button
            type="button"
            aria-label={`Remove ${expense.title}`}
            onClick={() => onRemove(expense.id)}
            className="grid size-8 place-items-center rounded-full text-muted hover:bg-ground hover:text-ink"
          >
            <svg
              viewBox="0 0 24 24"
              className="size-4"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              aria-hidden="true"
            >
              <path d="m6 6 12 12M18 6 6 18" strokeLinecap="round" />
            </svg>
          </button>
        </li>
      ))}
    </ul>
  )
}
