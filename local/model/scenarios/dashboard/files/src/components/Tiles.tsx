import { change, ordersOf, sum, visitsOf } from '../lib/figures'
import { percent, signed, whole } from '../lib/scale'
import type { Day } from '../types'

type Props = { days: Day[]; before: Day[] }

export function Tiles({ days, before }: Props) {
  const total = (of: (day: Day) => number, among: Day[]) => sum(among.map(of))
  const rate = (among: Day[]) => total(ordersOf, among) / Math.max(1, total(visitsOf, among))
  const tiles = [
    {
      name: 'Visits',
      now: whole.format(total(visitsOf, days)),
      by: change(total(visitsOf, days), total(visitsOf, before)),
    },
    {
      name: 'Orders',
      now: whole.format(total(ordersOf, days)),
      by: change(total(ordersOf, days), total(ordersOf, before)),
    },
    {
      name: 'Revenue',
      now: whole.format(total((day) => day.revenue, days)),
      by: change(
        total((day) => day.revenue, days),
        total((day) => day.revenue, before),
      ),
    },
    { name: 'Orders per visit', now: percent.format(rate(days)), by: change(rate(days), rate(before)) },
  ]
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface lg:grid-cols-4">
      {tiles.map(({ name, now, by }) => (
        <div
          key={name}
          className="border-line p-4 not-last:border-b even:border-l sm:p-5 lg:border-b-0! lg:not-first:border-l"
        >
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="mt-1 text-2xl font-semibold tracking-tight tabular-nums sm:text-3xl">{now}</dd>
          <dd className={`mt-1 text-sm tabular-nums ${by < 0 ? 'text-down' : 'text-up'}`}>
            {signed.format(by)} <span className="text-muted">to before</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
