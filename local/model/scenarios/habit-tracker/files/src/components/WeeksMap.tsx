import { lastDays, longName } from '../lib/days'
import { isDone } from '../lib/streaks'
import type { Habit } from '../types'

/** Ten weeks, a column a week: the more habits were kept on a day, the stronger its square. */
export function WeeksMap({ habits }: { habits: Habit[] }) {
  const days = lastDays(70)
  return (
    <section aria-labelledby="weeks" className="rounded-2xl bg-surface p-5 shadow-xs ring-1 ring-line">
      <h2 id="weeks" className="font-semibold tracking-tight">
        The last ten weeks
      </h2>
      <ol className="mt-4 grid grid-flow-col grid-rows-7 gap-1">
        {days.map((day) => {
          const kept = habits.filter((habit) => isDone(habit, day)).length
          const share = habits.length === 0 ? 0 : kept / habits.length
          return (
            <li
              key={day}
              title={`${longName(day)}: ${kept} of ${habits.length}`}
              className="h-4 rounded-[4px]"
              style={{
                background: `color-mix(in oklab, var(--color-accent) ${Math.round(share * 100)}%, var(--color-line))`,
              }}
            />
          )
        })}
      </ol>
    </section>
  )
}
