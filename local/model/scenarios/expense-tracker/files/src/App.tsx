import { useState } from 'react'
import { AddExpense } from './components/AddExpense'
import { CategoryBars } from './components/CategoryBars'
import { Ledger } from './components/Ledger'
import { MonthCard } from './components/MonthCard'
import { firstExpenses } from './lib/expenses'
import { thisMonth } from './lib/money'
import { inMonth, total } from './lib/totals'
import { useStored } from './lib/use-stored'
import type { Category, Expense, NewExpense } from './types'

export function App() {
  const [expenses, setExpenses] = useStored<Expense[]>('expenses', firstExpenses)
  const [budget, setBudget] = useStored('budget', () => 90000)
  const [month, setMonth] = useState(thisMonth)
  const [category, setCategory] = useState<Category>()
  const ofMonth = inMonth(expenses, month)
  const listed = category === undefined ? ofMonth : ofMonth.filter((expense) => expense.category === category)

  const add = (expense: NewExpense) => {
    setExpenses((all) => [...all, { ...expense, id: crypto.randomUUID() }])
    setMonth(expense.day.slice(0, 7))
  }

  return (
    <main className="mx-auto max-w-4xl px-4 py-8 sm:py-12">
      <header className="mb-6 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-2xl font-bold tracking-tight">{{ title }}</h1>
      </header>

      <div className="grid items-start gap-4 md:grid-cols-2">
        <div className="grid gap-4">
          <MonthCard month={month} spent={total(ofMonth)} budget={budget} onMonth={setMonth} onBudget={setBudget} />
          <CategoryBars expenses={ofMonth} chosen={category} onChoose={setCategory} />
        </div>
        <div className="grid gap-4">
          <AddExpense onAdd={add} />
          <Ledger expenses={listed} onRemove={(id) => setExpenses((all) => all.filter((entry) => entry.id !== id))} />
        </div>
      </div>
    </main>
  )
}
