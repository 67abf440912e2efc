import { AddLine } from './components/AddLine'
import { Lines } from './components/Lines'
import { Totals } from './components/Totals'
import { firstLines } from './lib/sums'
import { useStored } from './lib/use-stored'
import type { Line } from './types'

export function App() {
  const [lines, setLines] = useStored<Line[]>('lines', firstLines)
  const [tax, setTax] = useStored('tax', () => 20)
  const [client, setClient] = useStored('client', () => '')

  return (
    <main className="mx-auto grid min-h-svh max-w-3xl content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
        <button type="button" onClick={() => print()} className="quiet print:hidden">
          Print
        </button>
      </header>
      <section aria-label="Sheet" className="panel grid gap-6">
        <label className="meta grid gap-1">
          Bill to
          <input
            value={client}
            onChange={(event) => setClient(event.target.value)}
            placeholder="Name of the client"
            className="field text-base text-ink"
          />
        </label>
        <Lines lines={lines} onRemove={(id) => setLines((all) => all.filter((line) => line.id !== id))} />
        <Totals lines={lines} tax={tax} onTax={setTax} />
      </section>
      <AddLine onAdd={(line) => setLines((all) => [...all, { ...line, id: crypto.randomUUID() }])} />
    </main>
  )
}
