import type { FormEvent } from 'react'
import type { NewTask } from '../types'

export function AddTask({ onAdd }: { onAdd: (task: NewTask) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    if (title === '') return
    onAdd({ title })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-3 border-b-2 border-ink pb-3">
      <input
        name="title"
        required
        maxLength={140}
        autoComplete="off"
        aria-label="New {{item}}"
        placeholder="Write down a {{item}}"
        className="field min-w-40 flex-1 text-lg"
      />
      <button
        type="submit"
        className="rounded-full bg-accent px-5 py-2 font-semibold text-on-accent hover:brightness-110"
      >
        Add
      </button>
    </form>
  )
}
