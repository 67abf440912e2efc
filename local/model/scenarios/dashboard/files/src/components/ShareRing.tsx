import { byChannel, sum } from '../lib/figures'
import { percent, short } from '../lib/scale'
import type { Day } from '../types'

const inks = ['stroke-accent', 'stroke-second', 'stroke-third', 'stroke-fourth']
const marks = ['bg-accent', 'bg-second', 'bg-third', 'bg-fourth']

export function ShareRing({ days }: { days: Day[] }) {
  const rows = byChannel(days)
  const all = sum(rows.map(({ visits }) => visits))
  const parts = rows.map(({ channel, visits }, index) => ({
    channel,
    share: all === 0 ? 0 : visits / all,
    start: all === 0 ? 0 : sum(rows.slice(0, index).map((row) => row.visits)) / all,
  }))
  return (
    <section aria-labelledby="shares" className="panel">
      <h2 id="shares" className="font-semibold">
        Where visits come from
      </h2>
      <div className="mt-4 flex flex-wrap items-center gap-6">
        <svg viewBox="0 0 120 120" className="size-36 -rotate-90" fill="none" strokeWidth="18" aria-hidden="true">
          {parts.map(({ channel, share, start }, index) => (
            <circle
              key={channel}
              cx="60"
              cy="60"
              r="48"
              pathLength="1"
              strokeDasharray={`${Math.max(0, share - 0.008)} 1`}
              strokeDashoffset={-start}
              className={inks[index]}
            />
          ))}
          <text
            x="60"
            y="60"
            textAnchor="middle"
            dominantBaseline="central"
            transform="rotate(90 60 60)"
            className="fill-ink stroke-none text-base font-semibold"
          >
            {short.format(all)}
          </text>
        </svg>
        <ul className="grid min-w-32 flex-1 gap-2 text-sm">
          {parts.map(({ channel, share }, index) => (
            <li key={channel} className="flex items-center gap-2">
              <span aria-hidden="true" className={`size-3 rounded-sm ${marks[index]}`} />
              <span className="mr-auto">{channel}</span>
              <span className="tabular-nums text-muted">{percent.format(share)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
