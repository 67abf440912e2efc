import { useState } from 'react'
import { AddEvent } from './components/AddEvent'
import { DayEvents } from './components/DayEvents'
import { Month } from './components/Month'
import { dayName, dayOf, firstOfMonth, monthName, monthsLater, on } from './lib/month'
import { useStored } from './lib/use-stored'
import type { Happening, NewHappening } from './types'

export function App() {
  const [events, setEvents] = useStored<Happening[]>('events', () => [])
  const [today] = useState(() => dayOf(new Date()))
  const [chosen, setChosen] = useState(today)
  const [month, setMonth] = useState(firstOfMonth(today))

  const show = (day: string) => {
    setChosen(day)
    setMonth(firstOfMonth(day))
  }
  const add = (event: NewHappening) => setEvents((all) => [...all, { ...event, id: crypto.randomUUID(), day: chosen }])

  return (
    <main className="mx-auto grid min-h-svh max-w-2xl content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <div className="flex flex-wrap items-center gap-2">
        <h2 aria-live="polite" className="mr-auto text-xl font-semibold">
          {monthName(month)}
        </h2>
        <button type="button" onClick={() => setMonth(monthsLater(month, -1))} className="quiet">
          Previous month
        </button>
        <button type="button" onClick={() => show(today)} className="quiet">
          Today
        </button>
        <button type="button" onClick={() => setMonth(monthsLater(month, 1))} className="quiet">
          Next month
        </button>
      </div>
      <Month month={month} today={today} chosen={chosen} events={events} onChoose={show} />
      <section aria-label="Day" className="panel grid gap-4">
        <h2 className="text-lg font-semibold">{dayName(chosen)}</h2>
        <DayEvents
          events={on(events, chosen)}
          onRemove={(id) => setEvents((all) => all.filter((event) => event.id !== id))}
        />
        <AddEvent onAdd={add} />
      </section>
    </main>
  )
}
