import { modes } from '../lib/clock'
import type { Mode } from '../types'

type Props = { mode: Mode; minutes: number; onMode: (mode: Mode) => void; onMinutes: (minutes: number) => void }

export function Modes({ mode, minutes, onMode, onMinutes }: Props) {
  return (
    <div className="flex flex-wrap items-end justify-center gap-3">
      <div role="group" aria-label="What for" className="flex flex-wrap gap-2">
        {modes.map((each) => (
          <button
            key={each.mode}
            type="button"
            aria-pressed={each.mode === mode}
            onClick={() => onMode(each.mode)}
            className="quiet aria-pressed:border-accent aria-pressed:text-accent"
          >
            {each.label}
          </button>
        ))}
      </div>
      <label className="meta flex items-center gap-2">
        Minutes
        <input
          type="number"
          min={1}
          max={180}
          value={minutes}
          onChange={(event) => onMinutes(Math.min(180, Math.max(1, event.target.valueAsNumber || 1)))}
          className="field w-20 text-ink"
        />
      </label>
    </div>
  )
}
