import { clockOf } from '../lib/clock'

const radius = 112
const round = 2 * Math.PI * radius

export function Dial({ left, of, label }: { left: number; of: number; label: string }) {
  return (
    <div className="relative mx-auto grid size-72 place-items-center">
      <svg viewBox="0 0 256 256" className="absolute inset-0 -rotate-90" aria-hidden="true">
        <circle cx="128" cy="128" r={radius} fill="none" strokeWidth="12" className="stroke-line" />
        <circle
          cx="128"
          cy="128"
          r={radius}
          fill="none"
          strokeWidth="12"
          strokeLinecap="round"
          strokeDasharray={round}
          strokeDashoffset={round * (1 - (of === 0 ? 0 : left / of))}
          className="stroke-accent transition-[stroke-dashoffset] duration-300 motion-reduce:transition-none"
        />
      </svg>
      <div className="text-center">
        <p role="timer" aria-label={label} className="text-6xl font-semibold tabular-nums">
          {clockOf(left)}
        </p>
        <p className="meta mt-1">{label}</p>
      </div>
    </div>
  )
}
