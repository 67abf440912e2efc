import type { Habit } from '../types'
import { dayBefore, lastDays, today } from './days'

/** Days in a row up to now. A streak is not lost before the day is over: yesterday still counts. */
export function currentStreak({ days }: Habit): number {
  const done = new Set(days)
  let day = done.has(today()) ? today() : dayBefore(today())
  let length = 0
  while (done.has(day)) {
    length += 1
    day = dayBefore(day)
  }
  return length
}

export function bestStreak({ days }: Habit): number {
  const done = new Set(days)
  const runs = new Map<string, number>()
  for (const day of [...done].sort()) runs.set(day, (runs.get(dayBefore(day)) ?? 0) + 1)
  return Math.max(0, ...runs.values())
}

export const isDone = ({ days }: Habit, day: string): boolean => days.includes(day)

export const withDay = (habit: Habit, day: string): Habit => ({
  ...habit,
  days: isDone(habit, day) ? habit.days.filter((done) => done !== day) : [...habit.days, day],
})

/** What a first visit shows, so that the page is not empty: change or remove it freely. */
export function firstHabits(): Habit[] {
  const days = lastDays(70)
  const pick = (done: (age: number) => boolean) => days.filter((_, index) => done(days.length - 1 - index))
  return [
    { id: 'walk', title: 'Walk outside', days: pick((age) => (age > 0 && age < 13) || age % 5 > 1) },
    { id: 'read', title: 'Read ten pages', days: pick((age) => age < 5 || age % 3 === 1) },
    { id: 'sleep', title: 'In bed by eleven', days: pick((age) => age > 1 && age < 50 && age % 4 !== 3) },
  ]
}
