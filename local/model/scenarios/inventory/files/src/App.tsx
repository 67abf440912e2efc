import { useState } from 'react'
import { AddItem } from './components/AddItem'
import { StockTable } from './components/StockTable'
import { changed, firstItems, isLow, shown } from './lib/stock'
import { useStored } from './lib/use-stored'
import type { Item } from './types'

export function App() {
  const [items, setItems] = useStored<Item[]>('items', firstItems)
  const [search, setSearch] = useState('')
  const [lowOnly, setLowOnly] = useState(false)

  return (
    <main className="mx-auto grid min-h-svh max-w-3xl content-start gap-5 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
        <p className="meta">
          {items.length} items, {items.filter(isLow).length} low
        </p>
      </header>
      <AddItem onAdd={(item) => setItems((all) => [...all, { ...item, id: crypto.randomUUID() }])} />
      <div className="flex flex-wrap items-center gap-3">
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label="Search items"
          placeholder="Search"
          className="field min-w-40 flex-1"
        />
        <button
          type="button"
          aria-pressed={lowOnly}
          onClick={() => setLowOnly(!lowOnly)}
          className="quiet aria-pressed:border-accent aria-pressed:text-accent"
        >
          Low only
        </button>
      </div>
      <StockTable
        items={shown(items, search, lowOnly)}
        onChange={(id, by) => setItems((all) => changed(all, id, by))}
        onRemove={(id) => setItems((all) => all.filter((item) => item.id !== id))}
      />
    </main>
  )
}
