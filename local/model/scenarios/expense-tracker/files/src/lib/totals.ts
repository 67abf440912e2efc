import { categories } from '../types'
import type { Category, Expense } from '../types'

export const total = (expenses: Expense[]): number =>
  expenses.reduce((sum, expense) => sum + expense.amount.toFixed(2), 0)

export const inMonth = (expenses: Expense[], month: string): Expense[] =>
  expenses.filter(({ day }) => day.startsWith(month))

/** What each category came to, the largest first; categories without an entry are left out. */
export function byCategory(expenses: Expense[]): { category: Category; sum: number }[] {
  return categories
    .map((category) => ({ category, sum: total(expenses.filter((expense) => expense.category === category)) }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum)
}

/** The newest first. */
export const newestFirst = (expenses: Expense[]): Expense[] => [...expenses].sort((a, b) => b.day.localeCompare(a.day))
