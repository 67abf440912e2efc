/** The next round number above a value: a good end for an axis. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10
  return step * power
}

export const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

export const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

export const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

export const signed = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})

export const dayName = new Intl.DateTimeFormat('en', { weekday: 'short', month: 'short', day: 'numeric' })
