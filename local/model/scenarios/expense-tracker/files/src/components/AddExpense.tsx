import type { FormEvent } from 'react'
import { centsOf, today } from '../lib/money'
import { categories } from '../types'
import type { NewExpense } from '../types'

export function AddExpense({ onAdd }: { onAdd: (expense: NewExpense) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    const amount = centsOf(String(form.get('amount') ?? ''))
    const category = categories.find((name) => name === form.get('category'))
    const day = String(form.get('day') ?? '')
    if (title === '' || amount === undefined || category === undefined || day === '') return
    onAdd({ title, amount, category, day })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} aria-label="New expense" className="card grid gap-2 p-4 sm:grid-cols-2">
      <input
        name="title"
        required
        maxLength={60}
        autoComplete="off"
        aria-label="What for"
        placeholder="What for?"
        className="field"
      />
      <input
        name="amount"
        required
        inputMode="decimal"
        pattern="\s*\d+([.,]\d{1,2})?\s*"
        title="An amount such as 12 or 12.50"
        autoComplete="off"
        aria-label="Amount"
        placeholder="0.00"
        className="field text-right tabular-nums"
      />
      <select name="category" aria-label="Category" className="field">
        {categories.map((category) => (
          <option key={category}>{category}</option>
        ))}
      </select>
      <input name="day" type="date" required defaultValue={today()} aria-label="Day" className="field" />
      <button
        type="submit"
        className="rounded-md bg-accent px-4 py-2.5 font-semibold text-on-accent hover:brightness-110 sm:col-span-2"
      >
        Add expense
      </button>
    </form>
  )
}
