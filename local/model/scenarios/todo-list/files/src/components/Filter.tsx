import type { Show } from '../types'

const choices: { show: Show; label: string }[] = [
  { show: 'all', label: 'All' },
  { show: 'open', label: 'Open' },
  { show: 'done', label: 'Done' },
]

type Props = { show: Show; onShow: (show: Show) => void; open: number }

export function Filter({ show, onShow, open }: Props) {
  return (
    <div className="flex items-center justify-between gap-4 py-4 text-sm">
      <p aria-live="polite" className="text-muted">
        {open === 0 ? 'All done' : `${open} open`}
      </p>
      <div role="group" aria-label="Show" className="flex gap-1">
        {choices.map((choice) => (
          <button
            key={choice.show}
            type="button"
            aria-pressed={choice.show === show}
            onClick={() => onShow(choice.show)}
            className="rounded-full px-3 py-1.5 font-medium text-muted hover:text-ink aria-pressed:bg-ink aria-pressed:text-ground"
          >
            {choice.label}
          </button>
        ))}
      </div>
    </div>
  )
}
