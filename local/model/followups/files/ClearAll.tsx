import { useState } from 'react'

type Props = { what: string; count: number; onClear: () => void }

export function ClearAll({ what, count, onClear }: Props) {
  const [asking, setAsking] = useState(false)

  const clear = () => {
    setAsking(false)
    onClear()
  }

  if (!asking) {
    return (
      <button
        type="button"
        disabled={count === 0}
        onClick={() => setAsking(true)}
        className="shrink-0 rounded-lg border border-line px-3 py-1.5 text-sm font-medium hover:border-accent disabled:opacity-50"
      >
        Clear all
      </button>
    )
  }
  return (
    <span role="group" aria-label={`Clear all ${what}?`} className="flex shrink-0 items-center gap-2 text-sm">
      <span>
        Remove {count} {what}?
      </span>
      <button
        type="button"
        autoFocus
        onClick={clear}
        className="rounded-lg bg-accent px-3 py-1.5 font-medium text-on-accent"
      >
        Remove
      </button>
      <button type="button" onClick={() => setAsking(false)} className="underline underline-offset-4">
        Keep
      </button>
    </span>
  )
}
