import { useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { visitsOf } from '../lib/figures'
import { useWidth } from '../lib/use-width'
import { dayName, roundUp, short, whole } from '../lib/scale'
import type { Day } from '../types'

const height = 260
const left = 44
const bottom = 24

type Props = { days: Day[]; before: Day[] }

export function LineChart({ days, before }: Props) {
  const [at, setAt] = useState<number>()
  const [box, width] = useWidth<HTMLDivElement>(720)
  const top = roundUp(Math.max(...[...days, ...before].map(visitsOf)))
  const x = (index: number) => left + ((width - left - 8) * index) / Math.max(1, days.length - 1)
  const y = (value: number) => 8 + (height - bottom - 8) * (1 - value / top)
  const line = (among: Day[]) =>
    among
      .map((day, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(visitsOf(day)).toFixed(1)}`)
      .join('')
  const read = at === undefined ? undefined : days[at]

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const from = event.currentTarget.getBoundingClientRect().left + left
    const share = (event.clientX - from) / (width - left - 8)
    setAt(Math.min(days.length - 1, Math.max(0, Math.round(share * (days.length - 1)))))
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    setAt((now) => Math.min(days.length - 1, Math.max(0, (now ?? days.length - 1) + by)))
  }

  return (
    <section aria-labelledby="visits" className="panel">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="visits" className="font-semibold">
          Visits a day
        </h2>
        <p aria-live="polite" className="text-sm text-muted tabular-nums">
          {read === undefined
            ? 'Dotted: the period before'
            : `${dayName.format(read.date)}: ${whole.format(visitsOf(read))}`}
        </p>
      </div>
      <div ref={box} className="mt-3">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`Visits a day over ${days.length} days. Arrow keys read single days.`}
          tabIndex={0}
          onPointerMove={point}
          onPointerLeave={() => setAt(undefined)}
          onBlur={() => setAt(undefined)}
          onKeyDown={press}
          className="block w-full touch-pan-y rounded-sm"
        >
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <g key={share}>
              <line x1={left} x2={width - 8} y1={y(top * share)} y2={y(top * share)} className="stroke-line" />
              <text x={left - 8} y={y(top * share) + 4} textAnchor="end" className="fill-muted text-xs">
                {short.format(top * share)}
              </text>
            </g>
          ))}
          {[0, Math.floor((days.length - 1) / 2), days.length - 1].map((index, place) => (
            <text
              key={index}
              x={x(index)}
              y={height - 4}
              textAnchor={['start', 'middle', 'end'][place] as 'start'}
              className="fill-muted text-xs"
            >
              {days[index] === undefined ? '' : dayName.format(days[index].date)}
            </text>
          ))}
          <path
            d={line(before)}
            className="fill-none stroke-muted"
            strokeDasharray="2 5"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
          <path d={`${line(days)}L${x(days.length - 1)} ${y(0)}L${left} ${y(0)}Z`} className="fill-accent opacity-10" />
          <path d={line(days)} className="fill-none stroke-accent" strokeWidth="2.5" strokeLinejoin="round" />
          {at !== undefined && read !== undefined && (
            <g>
              <line x1={x(at)} x2={x(at)} y1="8" y2={y(0)} className="stroke-ink" strokeWidth="1" />
              <circle cx={x(at)} cy={y(visitsOf(read))} r="5" className="fill-accent stroke-surface" strokeWidth="2" />
            </g>
          )}
        </svg>
      </div>
    </section>
  )
}
