import { labelOf } from '../lib/clock'
import type { Session } from '../types'

export function Sessions({ sessions }: { sessions: Session[] }) {
  if (sessions.length === 0) return <p className="meta text-center">No session yet. The first one is kept here.</p>
  return (
    <section aria-label="Finished sessions" className="panel">
      <h2 className="mb-3 font-semibold">Finished: {sessions.length}</h2>
      <ul className="grid gap-2">
        {sessions.slice(0, 8).map(({ id, mode, minutes, endedAt }) => (
          <li key={id} className="flex justify-between gap-4">
            <span>
              {labelOf(mode)}, {minutes} min
            </span>
            <time dateTime={endedAt} className="meta">
              {new Date(endedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
            </time>
          </li>
        ))}
      </ul>
    </section>
  )
}
