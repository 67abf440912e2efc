import { AllUnits } from './components/AllUnits'
import { Side } from './components/Side'
import { converted, firstChoice, kinds, unitsOf } from './lib/units'
import { useStored } from './lib/use-stored'
import type { Choice } from './types'

export function App() {
  const [choice, setChoice] = useStored<Choice>('choice', firstChoice)
  const { kind, value, from, to } = choice
  const units = unitsOf(kind)
  const [source, target] = [from, to].map((id) => units.find((unit) => unit.id === id))
  const change = (part: Partial<Choice>) => setChoice((all) => ({ ...all, ...part }))

  const chooseKind = (next: string) => {
    const [first, second] = unitsOf(next)
    change({ kind: next, from: first?.id ?? '', to: second?.id ?? '' })
  }

  return (
    <main className="mx-auto grid min-h-svh max-w-2xl content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <div role="group" aria-label="Kind" className="flex flex-wrap gap-2">
        {Object.keys(kinds).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === kind}
            onClick={() => chooseKind(name)}
            className="quiet aria-pressed:border-accent aria-pressed:text-accent"
          >
            {name}
          </button>
        ))}
      </div>
      <section aria-label="Convert" className="panel grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto_1fr]">
        <label className="meta grid gap-1">
          Value
          <input
            inputMode="decimal"
            value={value}
            onChange={(event) => change({ value: event.target.value })}
            className="field min-w-0 text-base text-ink"
          />
        </label>
        <Side label="From" units={units} unit={from} onUnit={(id) => change({ from: id })} />
        <button type="button" onClick={() => change({ from: to, to: from })} className="quiet">
          Swap
        </button>
        <Side label="To" units={units} unit={to} onUnit={(id) => change({ to: id })} />
      </section>
      <output aria-label="Result" className="text-center text-4xl font-semibold tabular-nums">
        {converted(value, source, target)} <span className="meta text-lg">{target?.name}</span>
      </output>
      <AllUnits value={value} from={source} units={units} />
    </main>
  )
}
