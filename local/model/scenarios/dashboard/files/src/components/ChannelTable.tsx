import { useState } from 'react'
import { byChannel } from '../lib/figures'
import { percent, whole } from '../lib/scale'
import type { Day } from '../types'

type Row = ReturnType<typeof byChannel>[number]

const heads: { key: keyof Row; name: string }[] = [
  { key: 'channel', name: 'Channel' },
  { key: 'visits', name: 'Visits' },
  { key: 'orders', name: 'Orders' },
  { key: 'rate', name: 'Orders per visit' },
]

export function ChannelTable({ days }: { days: Day[] }) {
  const [order, setOrder] = useState<{ key: keyof Row; down: boolean }>({ key: 'visits', down: true })
  const rows = byChannel(days).sort((a, b) => compare(a[order.key], b[order.key]) * (order.down ? -1 : 1))

  return (
    <section aria-labelledby="channels" className="panel overflow-x-auto">
      <h2 id="channels" className="font-semibold">
        Channels
      </h2>
      <table className="mt-3 w-full text-sm">
        <thead>
          <tr>
            {heads.map(({ key, name }) => (
              <th
                key={key}
                scope="col"
                aria-sort={order.key === key ? (order.down ? 'descending' : 'ascending') : 'none'}
                className="border-b border-line py-2 text-right font-medium first:text-left"
              >
                <button
                  type="button"
                  onClick={() => setOrder({ key, down: order.key === key ? !order.down : true })}
                  className="text-muted hover:text-ink"
                >
                  {name} {order.key === key ? (order.down ? '↓' : '↑') : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => (
            <tr key={row.channel} className="border-b border-line last:border-0">
              <th scope="row" className="py-2.5 text-left font-medium">
                {row.channel}
              </th>
              <td className="py-2.5 text-right">{whole.format(row.visits)}</td>
              <td className="py-2.5 text-right">{whole.format(row.orders)}</td>
              <td className="py-2.5 text-right">{percent.format(row.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(b).localeCompare(String(a))
