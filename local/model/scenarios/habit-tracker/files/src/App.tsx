import { AddHabit } from './components/AddHabit'
import { HabitRow } from './components/HabitRow'
import { TodayRing } from './components/TodayRing'
import { WeeksMap } from './components/WeeksMap'
import { longName, today } from './lib/days'
import { firstHabits, isDone, withDay } from './lib/streaks'
import { useStored } from './lib/use-stored'
import type { Habit, NewHabit } from './types'

export function App() {
  const [habits, setHabits] = useStored<Habit[]>('habits', firstHabits)
  const doneToday = habits.filter((habit) => isDone(habit, today())).length

  const add = (habit: NewHabit) => setHabits((all) => [...all, { ...habit, id: crypto.randomUUID(), days: [] }])
  const remove = (id: string) => setHabits((all) => all.filter((habit) => habit.id !== id))
  const toggle = (id: string, day: string) =>
    setHabits((all) => all.map((habit) => (habit.id === id ? withDay(habit, day) : habit)))

  return (
    <main className="mx-auto max-w-2xl px-4 py-8 sm:py-14">
      <header className="flex flex-wrap items-center gap-4">
        <div className="mr-auto min-w-0">
          <p className="text-sm font-medium text-muted">{longName(today())}</p>
          <h1 className="mt-1 text-3xl font-bold tracking-tight text-balance sm:text-4xl">{{ title }}</h1>
        </div>
        <TodayRing done={doneToday} all={habits.length} />
      </header>

      <div className="mt-8">
        <AddHabit onAdd={add} />
      </div>

      {habits.length === 0 ? (
        <p className="mt-6 rounded-2xl border border-dashed border-line p-10 text-center text-muted">
          No habits yet. Add one above, as small as you like: small ones last.
        </p>
      ) : (
        <ul aria-label="Habits" className="mt-6 grid gap-3">
          {habits.map((habit) => (
            <HabitRow
              key={habit.id}
              habit={habit}
              onToggle={(day) => toggle(habit.id, day)}
              onRemove={() => remove(habit.id)}
            />
          ))}
        </ul>
      )}

      <div className="mt-6">
        <WeeksMap habits={habits} />
      </div>
    </main>
  )
}
