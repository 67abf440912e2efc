import type { FormEvent } from 'react'
import type { NewLine } from '../types'

export function AddLine({ onAdd }: { onAdd: (line: NewLine) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    const cents = Math.round(Number(form.get('price') ?? 0) * 100)
    if (title === '') return
    onAdd({ title, amount: Number(form.get('amount') ?? 1), cents })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3 print:hidden">
      <input
        name="title"
        required
        maxLength={120}
        autoComplete="off"
        aria-label="New line"
        placeholder="What for"
        className="field min-w-40 flex-1"
      />
      <label className="meta grid gap-1">
        Amount
        <input name="amount" type="number" min={0} step="any" defaultValue={1} className="field w-24 text-ink" />
      </label>
      <label className="meta grid gap-1">
        Price
        <input name="price" type="number" min={0} step="0.01" required className="field w-28 text-ink" />
      </label>
      <button type="submit" className="press">
        Add line
      </button>
    </form>
  )
}
