export type Expense = {
  id: string
  title: string
  /** In cents: sums of fractions drift. */
  amount: number
  category: Category
  /** A local date: 2026-03-09. */
  day: string
}

export type NewExpense = Omit<Expense, 'id'>

export const categories = ['Groceries', 'Home', 'Transport', 'Eating out', 'Fun', 'Health'] as const

export type Category = (typeof categories)[number]
