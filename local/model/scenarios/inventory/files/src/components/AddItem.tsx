import type { FormEvent } from 'react'
import type { NewItem } from '../types'

export function AddItem({ onAdd }: { onAdd: (item: NewItem) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    if (title === '') return
    onAdd({ title, count: Number(form.get('count') ?? 0), least: Number(form.get('least') ?? 0) })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} className="panel flex flex-wrap items-end gap-3">
      <input
        name="title"
        required
        maxLength={80}
        autoComplete="off"
        aria-label="New item"
        placeholder="New item"
        className="field min-w-40 flex-1"
      />
      <label className="meta grid gap-1">
        Count
        <input name="count" type="number" min={0} defaultValue={1} className="field w-24 text-ink" />
      </label>
      <label className="meta grid gap-1">
        Order at
        <input name="least" type="number" min={0} defaultValue={0} className="field w-24 text-ink" />
      </label>
      <button type="submit" className="press">
        Add item
      </button>
    </form>
  )
}
