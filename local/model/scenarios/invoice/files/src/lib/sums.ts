import type { Line } from '../types'

export const firstLines = (): Line[] => [{ id: 'design', title: 'Design of a poster', amount: 1, cents: 45_000 }]

export const centsOf = ({ amount, cents }: Line): number => Math.round(amount * cents)

export function sumsOf(lines: Line[], taxPercent: number): { net: number; tax: number; total: number } {
  const net = lines.reduce((sum, line) => sum + centsOf(line), 0)
  const tax = Math.round((net * taxPercent) / 100)
  return { net, tax, total: net + tax }
}

export const money = (cents: number): string =>
  (cents / 100).toLocaleString('en', { style: 'currency', currency: 'USD' })
