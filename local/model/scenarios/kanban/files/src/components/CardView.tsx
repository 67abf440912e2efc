import type { DragEvent, KeyboardEvent } from 'react'
import type { Card, Label } from '../types'

const edges: Record<Label, string> = { Idea: 'border-idea', Work: 'border-work', Urgent: 'border-urgent' }

type Props = {
  card: Card
  onKey: (key: string) => boolean
  onDropCard: (id: string) => void
  onRemove: () => void
}

export function CardView({ card, onKey, onDropCard, onRemove }: Props) {
  const press = (event: KeyboardEvent) => {
    if (event.target === event.currentTarget && onKey(event.key)) event.preventDefault()
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onDropCard(event.dataTransfer.getData('text/plain'))
  }

  return (
    <li
      id={`card-${card.id}`}
      tabIndex={0}
      draggable
      aria-label={`${card.title}. Arrow keys move this card.`}
      onKeyDown={press}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', card.id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      className={`cursor-grab rounded-lg border-l-4 bg-surface p-3.5 shadow-sm ring-1 ring-line active:cursor-grabbing ${edges[card.label]}`}
    >
      <h3 className="leading-snug font-medium wrap-anywhere">{card.title}</h3>
      <div className="mt-3 flex items-center gap-2">
        <span className="meta">{card.label}</span>
        <button
          type="button"
          aria-label={`Remove ${card.title}`}
          onClick={onRemove}
          className="ml-auto grid size-7 place-items-center rounded-md text-muted hover:bg-ground hover:text-ink"
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
      </div>
    </li>
  )
}
