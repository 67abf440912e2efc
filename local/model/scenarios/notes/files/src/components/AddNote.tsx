import type { FormEvent } from 'react'
import type { NewNote } from '../types'

export function AddNote({ onAdd }: { onAdd: (note: NewNote) => void }) {
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
        maxLength={80}
        autoComplete="off"
        aria-label="New note"
        placeholder="Title of a new note"
        className="field min-w-32 flex-1"
      />
      <button type="submit" className="press">
        Add note
      </button>
    </form>
  )
}
