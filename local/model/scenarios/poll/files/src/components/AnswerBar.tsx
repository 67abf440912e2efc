import type { Answer } from '../types'

type Props = { answer: Answer; total: number; mine: boolean; onVote: () => void }

export function AnswerBar({ answer, total, mine, onVote }: Props) {
  const share = total === 0 ? 0 : Math.round((100 * answer.votes) / total)
  return (
    <li>
      <button
        type="button"
        aria-pressed={mine}
        onClick={onVote}
        className="relative w-full overflow-hidden rounded-xl border-2 border-line bg-surface px-4 py-3 text-left hover:border-accent aria-pressed:border-accent"
      >
        <span
          aria-hidden="true"
          style={{ width: `${share}%` }}
          className="absolute inset-y-0 left-0 bg-accent/15 transition-[width] motion-reduce:transition-none"
        />
        <span className="relative flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-lg font-medium">{answer.title}</span>
          <span className="tabular-nums">
            {share} % · {answer.votes} {answer.votes === 1 ? 'vote' : 'votes'}
          </span>
        </span>
      </button>
    </li>
  )
}
