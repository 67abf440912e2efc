import { ordersOf, sum } from '../lib/figures'
import { whole } from '../lib/scale'
import type { Day } from '../types'

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function WeekdayBars({ days }: { days: Day[] }) {
  const averages = names.map((name, index) => {
    const same = days.filter(({ date }) => (date.getDay() + 6) % 7 === index).map(ordersOf)
    return { name, orders: same.length === 0 ? 0 : sum(same) / same.length }
  })
  const most = Math.max(1, ...averages.map(({ orders }) => orders))
  return (
    <section aria-labelledby="weekdays" className="panel">
      <h2 id="weekdays" className="font-semibold">
        Orders by weekday
      </h2>
      <ul className="mt-4 grid h-44 grid-cols-7 gap-2">
        {averages.map(({ name, orders }) => (
          <li key={name} className="flex flex-col items-center justify-end gap-1.5 text-xs text-muted">
            <span className="tabular-nums">{whole.format(orders)}</span>
            <span
              className={`w-full rounded-t-sm ${orders === most ? 'bg-accent' : 'bg-accent/35'}`}
              style={{ height: `${(orders / most) * 75}%` }}
            />
            {name}
          </li>
        ))}
      </ul>
    </section>
  )
}
