import type { Item } from '../types'

export const firstItems = (): Item[] => [
  { id: 'cups', title: 'Paper cups', count: 120, least: 40 },
  { id: 'beans', title: 'Coffee beans, 1 kg', count: 6, least: 8 },
  { id: 'milk', title: 'Oat milk', count: 18, least: 12 },
]

export const isLow = ({ count, least }: Item): boolean => count <= least

/** What is searched for, low ones first. */
export const shown = (items: Item[], search: string, lowOnly: boolean): Item[] =>
  items
    .filter((item) => item.title.toLowerCase().includes(search.trim().toLowerCase()) && (!lowOnly || isLow(item)))
    .sort((a, b) => Number(isLow(b)) - Number(isLow(a)) || a.title.localeCompare(b.title))

export const changed = (items: Item[], id: string, by: number): Item[] =>
  items.map((item) => (item.id === id ? { ...item, count: Math.max(0, item.count + by) } : item))
