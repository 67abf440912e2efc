const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const monthName = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })
const dayName = new Intl.DateTimeFormat('en', { weekday: 'short', month: 'short', day: 'numeric' })
const dayKey = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' })

export const shown = (cents: number): string => money.format(cents / 100)

/** Reads what a person typed, with a point or a comma, as cents; `undefined` when it is no amount. */
export function centsOf(text: string): number | undefined {
  const amount = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(amount) || amount <= 0 ? undefined : Math.round(amount * 100)
}

export const today = (): string => dayKey.format(new Date())

export const thisMonth = (): string => today().slice(0, 7)

export const nameOfMonth = (month: string): string => monthName.format(new Date(`${month}-15T12:00:00`))

export const nameOfDay = (day: string): string => dayName.format(new Date(`${day}T12:00:00`))

export function monthAfter(month: string, by: 1 | -1): string {
  const date = new Date(`${month}-15T12:00:00`)
  date.setMonth(date.getMonth() + by)
  return dayKey.format(date).slice(0, 7)
}
