import { useMemo } from 'react'
import { ChannelTable } from './components/ChannelTable'
import { LineChart } from './components/LineChart'
import { ShareRing } from './components/ShareRing'
import { Tiles } from './components/Tiles'
import { WeekdayBars } from './components/WeekdayBars'
import { figures } from './lib/figures'
import { useStored } from './lib/use-stored'
import type { Period } from './types'

const periods: Period[] = [7, 30, 90]

export function App() {
  const [period, setPeriod] = useStored<Period>('period', () => 30)
  const all = useMemo(() => figures(), [])
  const days = all.slice(-period)
  const before = all.slice(-2 * period, -period)

  return (
    <main className="mx-auto max-w-6xl px-4 py-6 sm:py-10">
      <header className="mb-6 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-2xl font-semibold tracking-tight">{{ title }}</h1>
        <div role="group" aria-label="Period" className="flex rounded-lg border border-line bg-surface p-1 text-sm">
          {periods.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={choice === period}
              onClick={() => setPeriod(choice)}
              className="rounded-md px-3 py-1.5 font-medium text-muted hover:text-ink aria-pressed:bg-accent aria-pressed:text-on-accent"
            >
              {choice} days
            </button>
          ))}
        </div>
      </header>

      <div className="grid gap-4">
        <Tiles days={days} before={before} />
        <LineChart days={days} before={before} />
        <div className="grid gap-4 md:grid-cols-2">
          <WeekdayBars days={days} />
          <ShareRing days={days} />
        </div>
        <ChannelTable days={days} />
      </div>
    </main>
  )
}
