import type { FormEvent } from 'react'
import type { NewAnswer } from '../types'

export function AddAnswer({ onAdd }: { onAdd: (answer: NewAnswer) => void }) {
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
        aria-label="Another answer"
        placeholder="Another answer"
        className="field min-w-40 flex-1"
      />
      <button type="submit" className="quiet">
        Add answer
      </button>
    </form>
  )
}
