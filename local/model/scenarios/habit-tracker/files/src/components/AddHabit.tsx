import type { FormEvent } from 'react'
import type { NewHabit } from '../types'

export function AddHabit({ onAdd }: { onAdd: (habit: NewHabit) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    if (title === '') return
    onAdd({ title })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap gap-2">
      <input
        name="title"
        required
        maxLength={60}
        autoComplete="off"
        aria-label="New habit"
        placeholder="What will you do every day?"
        className="field min-w-48 flex-1"
      />
      <button
        type="submit"
        className="rounded-xl bg-accent px-5 py-2.5 font-semibold text-on-accent hover:brightness-110"
      >
        Add habit
      </button>
    </form>
  )
}
