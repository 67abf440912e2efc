import type { Happening } from '../types'

/** A day as 2030-01-31, by the clock on the wall. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const dateOf = (day: string): Date => new Date(`${day}T12:00:00`)

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

export function monthsLater(day: string, months: number): string {
  const date = dateOf(firstOfMonth(day))
  date.setMonth(date.getMonth() + months)
  return dayOf(date)
}

/** The weeks that a month touches, each from Monday. */
export function weeksOf(day: string): string[][] {
  const date = dateOf(firstOfMonth(day))
  const month = date.getMonth()
  date.setDate(date.getDate() - ((date.getDay() + 6) % 7))
  const weeks: string[][] = []
  do {
    weeks.push(
      Array.from({ length: 7 }, () => {
        const each = dayOf(date)
        date.setDate(date.getDate() + 1)
        return each
      }),
    )
  } while (date.getMonth() === month)
  return weeks
}

export const monthName = (day: string): string =>
  dateOf(day).toLocaleDateString('en', { month: 'long', year: 'numeric' })

export const dayName = (day: string): string =>
  dateOf(day).toLocaleDateString('en', { weekday: 'long', day: 'numeric', month: 'long' })

export const on = (events: Happening[], day: string): Happening[] =>
  events.filter((event) => event.day === day).sort((a, b) => a.time.localeCompare(b.time))
