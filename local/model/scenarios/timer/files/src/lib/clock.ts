import type { Mode } from '../types'

export const modes: { mode: Mode; label: string; minutes: number }[] = [
  { mode: 'focus', label: 'Focus', minutes: 25 },
  { mode: 'short', label: 'Short break', minutes: 5 },
  { mode: 'long', label: 'Long break', minutes: 15 },
]

export const labelOf = (mode: Mode): string => modes.find((each) => each.mode === mode)?.label ?? ''

export const firstMinutes = (): Record<Mode, number> => ({ focus: 25, short: 5, long: 15 })

/** 90 seconds are "01:30". */
export function clockOf(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}
