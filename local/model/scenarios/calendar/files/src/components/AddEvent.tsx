import type { FormEvent } from 'react'
import type { NewHappening } from '../types'

export function AddEvent({ onAdd }: { onAdd: (event: NewHappening) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    if (title === '') return
    onAdd({ title, time: String(form.get('time') ?? '') })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap gap-2">
      <input
        name="title"
        required
        maxLength={80}
        autoComplete="off"
        aria-label="New event"
        placeholder="What happens?"
        className="field min-w-32 flex-1"
      />
      <input name="time" type="time" aria-label="Time" className="field" />
      <button type="submit" className="press">
        Add event
      </button>
    </form>
  )
}
