type Props = { done: number; all: number }

export function TodayRing({ done, all }: Props) {
  const share = all === 0 ? 0 : done / all
  return (
    <div
      role="img"
      aria-label={`${done} of ${all} done today`}
      className="relative grid size-20 shrink-0 place-items-center"
    >
      <svg viewBox="0 0 80 80" className="absolute inset-0 -rotate-90" fill="none" strokeWidth="8" aria-hidden="true">
        <circle cx="40" cy="40" r="34" className="stroke-line" />
        <circle
          cx="40"
          cy="40"
          r="34"
          className="stroke-accent transition-[stroke-dashoffset] duration-500 motion-reduce:transition-none"
          strokeLinecap="round"
          pathLength="1"
          strokeDasharray="1"
          strokeDashoffset={1 - share}
          opacity={share === 0 ? 0 : 1}
        />
      </svg>
      <span className="text-lg font-semibold tabular-nums">
        {done}
        <span className="text-muted">/{all}</span>
      </span>
    </div>
  )
}
