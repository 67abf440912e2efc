import { channels } from '../types'
import type { Channel, Day } from '../types'

const weights: Record<Channel, number> = { Search: 190, Direct: 120, Social: 80, Partners: 45 }
const rates: Record<Channel, number> = { Search: 0.034, Direct: 0.051, Social: 0.018, Partners: 0.062 }

/** A year of days up to today: a rise over the year, a dip at weekends, and some weather. */
export function figures(count = 180): Day[] {
  const next = evenNumbers(20260309)
  const now = new Date()
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - index))
    const weekend = date.getDay() % 6 === 0 ? 0.68 : 1
    const rise = 0.75 + (0.5 * index) / count + 0.08 * Math.sin(index / 9)
    const visits = perChannel((channel) => Math.round(weights[channel] * weekend * rise * (0.8 + 0.4 * next())))
    const orders = perChannel((channel) => Math.round(visits[channel] * rates[channel] * (0.6 + 0.9 * next())))
    return { date, visits, orders, revenue: Math.round(sum(Object.values(orders)) * (38 + 14 * next())) }
  })
}

export const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)

export const visitsOf = (day: Day): number => sum(Object.values(day.visits))

export const ordersOf = (day: Day): number => sum(Object.values(day.orders))

/** How much more the last period was than the one before, as a share; 0.1 is ten percent more. */
export const change = (now: number, before: number): number => (before === 0 ? 0 : now / before - 1)

const perChannel = (make: (channel: Channel) => number): Record<Channel, number> => ({
  Search: make('Search'),
  Direct: make('Direct'),
  Social: make('Social'),
  Partners: make('Partners'),
})

export const byChannel = (days: Day[]) =>
  channels.map((channel) => {
    const visits = sum(days.map((day) => day.visits[channel]))
    const orders = sum(days.map((day) => day.orders[channel]))
    return { channel, visits, orders, rate: visits === 0 ? 0 : orders / visits }
  })

function evenNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}
