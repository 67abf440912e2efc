import type { FormEvent } from 'react'
import type { NewIdea } from '../types'

export function AddIdea({ onAdd }: { onAdd: (idea: NewIdea) => void }) {
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
        maxLength={120}
        autoComplete="off"
        aria-label="Your idea"
        placeholder="Your idea"
        className="field min-w-56 flex-1"
      />
      <button
        type="submit"
        className="rounded-full bg-ink px-6 py-3 font-semibold text-ground hover:bg-accent hover:text-on-accent"
      >
        Add idea
      </button>
    </form>
  )
}
