import { useState } from 'react'
import { Keys } from './components/Keys'
import { Tape } from './components/Tape'
import { off, pressed } from './lib/machine'
import { useKeys } from './lib/use-keys'
import { useStored } from './lib/use-stored'
import type { Line } from './types'

export function App() {
  const [machine, setMachine] = useState(off)
  const [lines, setLines] = useStored<Line[]>('lines', () => [])

  const press = (key: string) => {
    const next = pressed(machine, key)
    setMachine(next)
    if (key !== '=' || machine.operator === null || machine.fresh) return
    const sum = `${machine.left} ${machine.operator} ${machine.shown}`
    setLines((all) => [{ id: crypto.randomUUID(), sum, result: next.shown }, ...all])
  }
  useKeys(press)

  return (
    <main className="mx-auto grid min-h-svh max-w-sm content-start gap-5 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-2xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <div className="panel text-right">
        <p className="meta h-5">{machine.operator === null ? '' : `${machine.left} ${machine.operator}`}</p>
        <output aria-label="Display" className="block min-h-12 text-4xl font-semibold tabular-nums wrap-anywhere">
          {machine.shown}
        </output>
      </div>
      <Keys onKey={press} />
      <Tape lines={lines} />
    </main>
  )
}
