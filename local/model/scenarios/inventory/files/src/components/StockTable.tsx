import { isLow } from '../lib/stock'
import type { Item } from '../types'

type Props = { items: Item[]; onChange: (id: string, by: number) => void; onRemove: (id: string) => void }

export function StockTable({ items, onChange, onRemove }: Props) {
  if (items.length === 0) return <p className="meta py-8 text-center">No item here. Add one, or look for another.</p>
  return (
    <ul aria-label="Items" className="grid gap-2">
      {items.map((item) => (
        <li
          key={item.id}
          className="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface px-4 py-2"
        >
          <span className="mr-auto font-medium">{item.title}</span>
          {isLow(item) && <span className="rounded-full bg-accent px-2 text-sm text-on-accent">low</span>}
          <Step label={`One ${item.title} less`} sign="−" onPress={() => onChange(item.id, -1)} />
          <output aria-label={`${item.title}, count`} className="w-12 text-center text-lg tabular-nums">
            {item.count}
          </output>
          <Step label={`One ${item.title} more`} sign="+" onPress={() => onChange(item.id, 1)} />
          <button type="button" onClick={() => onRemove(item.id)} aria-label={`Remove ${item.title}`} className="quiet">
            Remove
          </button>
        </li>
      ))}
    </ul>
  )
}

function Step({ label, sign, onPress }: { label: string; sign: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={label}
      className="grid size-9 place-items-center rounded-full border border-line text-lg hover:border-accent"
    >
      {sign}
    </button>
  )
}
