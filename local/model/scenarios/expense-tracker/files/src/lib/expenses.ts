import type { Expense } from '../types'
import { monthAfter, thisMonth, today } from './money'

/** What a first visit shows: this month so far, and the month before. */
export function firstExpenses(): Expense[] {
  const now = thisMonth()
  const before = monthAfter(now, -1)
  const rows: [string, number, Expense['category'], string][] = [
    ['Weekly shop', 6420, 'Groceries', `${now}-02`],
    ['Rent share', 41000, 'Home', `${now}-01`],
    ['Train card', 4900, 'Transport', `${now}-01`],
    ['Pizza with friends', 2350, 'Eating out', `${now}-03`],
    ['Cinema', 1400, 'Fun', `${now}-04`],
    ['Market', 2815, 'Groceries', `${now}-05`],
    ['Rent share', 41000, 'Home', `${before}-01`],
    ['Weekly shop', 7130, 'Groceries', `${before}-08`],
    ['Dentist', 8500, 'Health', `${before}-17`],
    ['Concert', 3900, 'Fun', `${before}-21`],
  ]
  const expenses = rows.map(([title, amount, category, day], index) => ({
    id: `first-${index}`,
    title,
    amount,
    category,
    day,
  }))
  return expenses.filter(({ day }) => day <= today())
}
