import { useState } from 'react'
import type { Task } from '../types'

type Props = { task: Task; onChange: (change: Partial<Task>) => void; onRemove: () => void }

export function TaskRow({ task, onChange, onRemove }: Props) {
  const [editing, setEditing] = useState(false)

  const rename = (title: string) => {
    setEditing(false)
    if (title.trim() !== '') onChange({ title: title.trim() })
  }

  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-line">
      <input
        type="checkbox"
        checked={task.done}
        onChange={(event) => onChange({ done: event.target.checked })}
        aria-label={`${task.title}, done`}
        className="tick"
      />
      {editing ? (
        <TitleInput title={task.title} onSave={rename} onLeave={() => setEditing(false)} />
      ) : (
        <button
          type="button"
          title="Double-click to change"
          onDoubleClick={() => setEditing(true)}
          onKeyDown={(event) => event.key === 'Enter' && setEditing(true)}
          className={`min-w-0 flex-1 py-3 text-left text-lg leading-snug ${task.done ? 'text-muted line-through decoration-accent decoration-2' : ''}`}
        >
          <span className="mr-3 wrap-anywhere">{task.title}</span>
        </button>
      )}
      <button
        type="button"
        aria-pressed={task.starred}
        aria-label={`Star ${task.title}`}
        onClick={() => onChange({ starred: !task.starred })}
        className="grid size-9 shrink-0 place-items-center text-muted hover:text-accent aria-pressed:text-accent"
      >
        <svg
          viewBox="0 0 24 24"
          className="size-5"
          fill={task.starred ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <path d="m12 3.5 2.6 5.400 5.900.8-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900-4.300-4.100 5.900-.8Z" />
        </svg>
      </button>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove ${task.title}`}
        className="grid size-9 shrink-0 place-items-center text-muted hover:text-ink"
      >
        <svg
          viewBox="0 0 24 24"
          className="size-4"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <path d="m6 6 12 12M18 6 6 18" strokeLinecap="round" />
        </svg>
      </button>
    </li>
  )
}

type InputProps = { title: string; onSave: (title: string) => void; onLeave: () => void }

function TitleInput({ title, onSave, onLeave }: InputProps) {
  return (
    <input
      autoFocus
      defaultValue={title}
      aria-label="Title"
      onBlur={(event) => onSave(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSave(event.currentTarget.value)
        if (event.key === 'Escape') onLeave()
      }}
      className="field min-w-0 flex-1 text-lg"
    />
  )
}
