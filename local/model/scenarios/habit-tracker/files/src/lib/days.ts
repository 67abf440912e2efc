const dayKey = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' })
const weekday = new Intl.DateTimeFormat('en', { weekday: 'short' })
const labelled = new Intl.DateTimeFormat('en', { weekday: 'short', month: 'long', day: 'numeric' })
const long = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' })

export const keyOf = (date: Date): string => dayKey.format(date)

export const today = (): string => keyOf(new Date())

/** The last `count` days up to today, oldest first. */
export function lastDays(count: number): string[] {
  const now = new Date()
  return Array.from({ length: count }, (_, index) => {
    return keyOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - index)))
  })
}

const dateOf = (key: string): Date => new Date(`${key}T12:00:00`)

export const shortName = (key: string): string => weekday.format(dateOf(key))

/** Begins as the short name does, for who says aloud what to press. */
export const fullName = (key: string): string => labelled.format(dateOf(key))

export const longName = (key: string): string => long.format(dateOf(key))

export function dayBefore(key: string): string {
  const date = dateOf(key)
  date.setDate(date.getDate() - 1)
  return keyOf(date)
}
