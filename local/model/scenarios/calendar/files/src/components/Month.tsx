import { dayName, on, weeksOf } from '../lib/month'
import type { Happening } from '../types'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

type Props = { month: string; today: string; chosen: string; events: Happening[]; onChoose: (day: string) => void }

export function Month({ month, today, chosen, events, onChoose }: Props) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-1">
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col" className="meta pb-1 font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const count = on(events, day).length
              const within = day.slice(0, 7) === month.slice(0, 7)
              return (
                <td key={day}>
                  <button
                    type="button"
                    aria-pressed={day === chosen}
                    aria-current={day === today ? 'date' : undefined}
                    aria-label={`${dayName(day)}${count === 0 ? '' : `, ${count} ${count === 1 ? 'event' : 'events'}`}`}
                    onClick={() => onChoose(day)}
                    className={`grid h-12 w-full content-center justify-items-center gap-1 rounded-xl border border-transparent hover:border-line aria-pressed:border-accent aria-pressed:bg-surface sm:h-16 ${within ? '' : 'text-muted'} ${day === today ? 'font-bold text-accent' : ''}`}
                  >
                    {Number(day.slice(8))}
                    <span aria-hidden="true" className={`size-1.5 rounded-full ${count > 0 ? 'bg-accent' : ''}`} />
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
