import type { FormEvent } from 'react'
import { labels } from '../types'
import type { NewCard } from '../types'

export function AddCard({ onAdd }: { onAdd: (card: NewCard) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    const label = labels.find((name) => name === form.get('label')) ?? 'Work'
    if (title === '') return
    onAdd({ title, label })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} aria-label="New {{item}}" className="flex flex-1 flex-wrap gap-2">
      <input
        name="title"
        required
        maxLength={120}
        autoComplete="off"
        aria-label="New {{item}}"
        placeholder="What is to be done?"
        className="field min-w-48 flex-1"
      />
      <select name="label" aria-label="Label" defaultValue="Work" className="field">
        {labels.map((label) => (
          <option key={label}>{label}</option>
        ))}
      </select>
      <button
        type="submit"
        className="rounded-lg bg-accent px-4 py-2 font-semibold text-on-accent hover:brightness-110"
      >
        Add {{ item }}
      </button>
    </form>
  )
}
