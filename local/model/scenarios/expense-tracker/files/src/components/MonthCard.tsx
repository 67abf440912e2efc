import { monthAfter, nameOfMonth, shown } from '../lib/money'

type Props = {
  month: string
  spent: number
  budget: number
  onMonth: (month: string) => void
  onBudget: (budget: number) => void
}

export function MonthCard({ month, spent, budget, onMonth, onBudget }: Props) {
  const share = budget === 0 ? 0 : Math.min(1, spent / budget)
  const left = budget - spent
  return (
    <section aria-label="Month" className="rounded-xl bg-panel p-5 text-on-panel sm:p-7">
      <div className="flex items-center justify-between gap-3 text-sm">
        <Arrow label="Month before" turn="" onClick={() => onMonth(monthAfter(month, -1))} />
        <h2 className="font-medium">{nameOfMonth(month)}</h2>
        <Arrow label="Month after" turn="rotate-180" onClick={() => onMonth(monthAfter(month, 1))} />
      </div>
      <p
        className="mt-5 text-center font-mono text-5xl font-medium tracking-tighter tabular-nums sm:text-6xl"
        aria-label="Spent"
      >
        {shown(spent)}
      </p>
      <div
        role="meter"
        aria-label="Budget used"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-6 h-2.5 overflow-hidden rounded-full bg-on-panel/15"
      >
        <div
          className={`h-full rounded-full transition-[width] duration-500 motion-reduce:transition-none ${left < 0 ? 'bg-over' : 'bg-gauge'}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
        <span aria-live="polite">{left >= 0 ? `${shown(left)} left` : `${shown(-left)} over the budget`}</span>
        <label className="flex items-center gap-2">
          Budget
          <input
            type="number"
            min={0}
            step={50}
            value={budget / 100}
            onChange={(event) => onBudget(Math.max(0, Math.round(Number(event.target.value) * 100)))}
            className="w-24 rounded-md border border-on-panel/30 bg-transparent px-2 py-1 text-right tabular-nums"
          />
        </label>
      </div>
    </section>
  )
}

function Arrow({ label, turn, onClick }: { label: string; turn: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-9 place-items-center rounded-full hover:bg-on-panel/10"
    >
      <svg
        viewBox="0 0 24 24"
        className={`size-5 ${turn}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path d="m14.5 6-6 6 6 6" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </button>
  )
}
