import type { Unit } from '../types'

type Props = { label: string; units: Unit[]; unit: string; onUnit: (id: string) => void }

export function Side({ label, units, unit, onUnit }: Props) {
  return (
    <label className="meta grid gap-1">
      {label}
      <select value={unit} onChange={(event) => onUnit(event.target.value)} className="field text-base text-ink">
        {units.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
