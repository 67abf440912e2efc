import type { Happening } from '../types'

export function DayEvents({ events, onRemove }: { events: Happening[]; onRemove: (id: string) => void }) {
  if (events.length === 0) return <p className="meta">Nothing yet. Add the first event of this day.</p>
  return (
    <ul aria-label="Events" className="grid gap-2">
      {events.map((event) => (
        <li key={event.id} className="flex flex-wrap items-center gap-3">
          <time className="meta w-12 tabular-nums">{event.time || 'All day'}</time>
          <span className="mr-auto font-medium">{event.title}</span>
          <button
            type="button"
            onClick={() => onRemove(event.id)}
            aria-label={`Remove ${event.title}`}
            className="quiet"
          >
            Remove
          </button>
        </li>
      ))}
    </ul>
  )
}
