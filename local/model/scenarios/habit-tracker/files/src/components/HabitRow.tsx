import { fullName, lastDays, shortName, today } from '../lib/days'
import { bestStreak, currentStreak, isDone } from '../lib/streaks'
import type { Habit } from '../types'

type Props = { habit: Habit; onToggle: (day: string) => void; onRemove: () => void }

export function HabitRow({ habit, onToggle, onRemove }: Props) {
  const doneToday = isDone(habit, today())
  const streak = currentStreak(habit)

  return (
    <li className="group grid grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-4 rounded-2xl bg-surface p-4 shadow-xs ring-1 ring-line sm:p-5">
      <button
        type="button"
        aria-pressed={doneToday}
        aria-label={`${habit.title}, done today`}
        onClick={() => onToggle(today())}
        className="grid size-12 place-items-center rounded-full border-2 border-accent text-accent transition aria-pressed:bg-accent aria-pressed:text-on-accent"
      >
        <svg
          viewBox="0 0 24 24"
          className="size-6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          aria-hidden="true"
        >
          <path d="m5 13 4.5 4.5L19 7.5" strokeLinecap="round" strokeLinejoin="round" opacity={doneToday ? 1 : 0.25} />
        </svg>
      </button>

      <div className="min-w-0">
        <h2 className="truncate text-lg font-semibold tracking-tight">{habit.title}</h2>
        <p className="text-sm text-muted">
          {streak > 0 ? `${streak} ${streak === 1 ? 'day' : 'days'} in a row` : 'No streak yet, today is a good start'}
          {bestStreak(habit) > streak && <span className="hidden sm:inline">, best {bestStreak(habit)}</span>}
        </p>
      </div>

      <div className="flex items-center gap-1 self-start sm:gap-3">
        <Flame length={streak} />
        <button
          type="button"
          onClick={onRemove}
          aria-label={`Remove ${habit.title}`}
          className="grid size-9 place-items-center rounded-full text-muted hover:bg-ground hover:text-ink"
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
      </div>

      <div
        role="group"
        aria-label={`Last seven days of ${habit.title}`}
        className="col-span-3 grid grid-cols-7 gap-1.5"
      >
        {lastDays(7).map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={isDone(habit, day)}
            aria-label={fullName(day)}
            onClick={() => onToggle(day)}
            className="rounded-lg bg-ground py-1.5 text-xs font-medium text-muted transition hover:ring-1 hover:ring-accent aria-pressed:bg-accent-soft aria-pressed:text-ink"
          >
            {shortName(day)}
          </button>
        ))}
      </div>
    </li>
  )
}

function Flame({ length }: { length: number }) {
  return (
    <span
      aria-hidden="true"
      className={`flex items-center gap-1 text-lg font-semibold tabular-nums ${length > 0 ? 'text-flame' : 'text-muted opacity-40'}`}
    >
      <svg viewBox="0 0 24 24" className="size-5" fill="currentColor">
        <path d="M12.5 2c.6 3.6-1.2 5-2.700 6.900C8.400 10.700 7 12.300 7 15a6 6 0 0 0 12 .3c0-3-1.500-5.300-2.700-6.600-.2 1.600-.8 2.600-1.900 3.300.5-3.900-.2-7.600-1.900-10Z" />
      </svg>
      {length}
    </span>
  )
}
