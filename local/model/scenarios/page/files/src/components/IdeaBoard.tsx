import { ranked } from '../lib/ideas'
import type { Idea } from '../types'

type Props = { ideas: Idea[]; onVote: (id: string) => void; onRemove: (id: string) => void }

export function IdeaBoard({ ideas, onVote, onRemove }: Props) {
  if (ideas.length === 0) {
    return (
      <p className="mt-6 rounded-3xl border border-dashed border-line p-10 text-center text-muted">
        No ideas yet. Yours could be the first.
      </p>
    )
  }
  return (
    <ol aria-label="Ideas" className="mt-6 divide-y divide-line border-y border-line">
      {ranked(ideas).map((idea) => (
        <li key={idea.id} className="flex items-center gap-4 py-4">
          <button
            type="button"
            aria-pressed={idea.voted}
            aria-label={`Vote for ${idea.title}`}
            onClick={() => onVote(idea.id)}
            className="flex w-16 shrink-0 items-center justify-center gap-1.5 rounded-full border border-line py-2 font-semibold tabular-nums hover:border-accent aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
          >
            <svg viewBox="0 0 12 12" className="size-3" fill="currentColor" aria-hidden="true">
              <path d="M6 2 11 9H1Z" />
            </svg>
            {idea.votes}
          </button>
          <p className="mr-auto min-w-0 text-lg leading-snug">
            <span className="mr-2">{idea.title}</span>
          </p>
          <button
            type="button"
            onClick={() => onRemove(idea.id)}
            aria-label={`Remove ${idea.title}`}
            className="meta px-2 py-1 hover:text-ink"
          >
            Remove
          </button>
        </li>
      ))}
    </ol>
  )
}
