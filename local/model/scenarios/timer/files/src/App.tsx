import { useEffect, useState } from 'react'
import { Dial } from './components/Dial'
import { Modes } from './components/Modes'
import { Sessions } from './components/Sessions'
import { clockOf, firstMinutes, labelOf } from './lib/clock'
import { useCountdown } from './lib/use-countdown'
import { useStored } from './lib/use-stored'
import type { Mode, Session } from './types'

export function App() {
  const [sessions, setSessions] = useStored<Session[]>('sessions', () => [])
  const [minutes, setMinutes] = useStored<Record<Mode, number>>('minutes', firstMinutes)
  const [mode, setMode] = useState<Mode>('focus')
  const full = minutes[mode] * 60

  const finish = () => {
    const session = { id: crypto.randomUUID(), mode, minutes: minutes[mode], endedAt: new Date().toISOString() }
    setSessions((all) => [session, ...all])
  }
  const { left, running, start, pause, reset } = useCountdown(full, finish)

  useEffect(() => {
    document.title = running ? `${clockOf(left)} · {{ title }}` : '{{ title }}'
  }, [left, running])

  const choose = (next: Mode) => {
    setMode(next)
    reset(minutes[next] * 60)
  }
  const lengthen = (value: number) => {
    setMinutes((all) => ({ ...all, [mode]: value }))
    reset(value * 60)
  }

  return (
    <main className="mx-auto grid min-h-svh max-w-xl content-start gap-8 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <Modes mode={mode} minutes={minutes[mode]} onMode={choose} onMinutes={lengthen} />
      <Dial left={left} of={full} label={labelOf(mode)} />
      <div className="flex justify-center gap-3">
        <button type="button" onClick={running ? pause : start} disabled={left === 0} className="press min-w-28">
          {running ? 'Pause' : 'Start'}
        </button>
        <button type="button" onClick={() => reset(full)} className="quiet">
          Reset
        </button>
      </div>
      <Sessions sessions={sessions} />
    </main>
  )
}
