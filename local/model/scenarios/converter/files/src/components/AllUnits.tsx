import { converted } from '../lib/units'
import type { Unit } from '../types'

export function AllUnits({ value, from, units }: { value: string; from: Unit | undefined; units: Unit[] }) {
  return (
    <section aria-label="All units" className="panel">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2">
        {units.map((unit) => (
          <div key={unit.id} className="flex justify-between gap-4 border-b border-line pb-1">
            <dt className="meta">{unit.name}</dt>
            <dd className="tabular-nums">{converted(value, from, unit)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
