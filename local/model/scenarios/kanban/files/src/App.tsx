import { useEffect, useRef, useState } from 'react'
import { AddCard } from './components/AddCard'
import { CardView } from './components/CardView'
import { Column } from './components/Column'
import { cardsIn, firstCards, moved, placeFor } from './lib/board'
import { useStored } from './lib/use-stored'
import { columns } from './types'
import type { Card } from './types'

export function App() {
  const [cards, setCards] = useStored<Card[]>('cards', firstCards)
  const [search, setSearch] = useState('')
  const [news, setNews] = useState('')
  const focusNext = useRef<string>(undefined)
  const shown = cards.filter(({ title }) => title.toLowerCase().includes(search.trim().toLowerCase()))

  // A card moved by keyboard is drawn anew in its column: the focus follows it there.
  useEffect(() => {
    if (focusNext.current !== undefined) document.getElementById(`card-${focusNext.current}`)?.focus()
    focusNext.current = undefined
  }, [cards])

  const moveByKey = (card: Card, key: string): boolean => {
    const place = placeFor(cards, card, key)
    if (place === undefined) return false
    focusNext.current = card.id
    setCards((all) => moved(all, card.id, place))
    setNews(`${card.title}: now in ${columns.find(({ id }) => id === place.column)?.name}`)
    return true
  }

  return (
    <main className="mx-auto max-w-6xl px-4 py-6 sm:py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-2xl font-bold tracking-tight">{{ title }}</h1>
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label="Search"
          placeholder="Search"
          className="field w-full sm:w-56"
        />
      </header>

      <div className="mt-4 flex">
        <AddCard onAdd={(card) => setCards((all) => [...all, { ...card, id: crypto.randomUUID(), column: 'todo' }])} />
      </div>

      <div className="mt-6 grid items-start gap-4 md:grid-cols-3">
        {columns.map((column) => (
          <Column
            key={column.id}
            name={column.name}
            count={cardsIn(shown, column.id).length}
            onDropCard={(id) => setCards((all) => moved(all, id, { column: column.id }))}
          >
            {cardsIn(shown, column.id).map((card) => (
              <CardView
                key={card.id}
                card={card}
                onKey={(key) => moveByKey(card, key)}
                onDropCard={(id) => setCards((all) => moved(all, id, { column: column.id, before: card.id }))}
                onRemove={() => setCards((all) => all.filter(({ id }) => id !== card.id))}
              />
            ))}
          </Column>
        ))}
      </div>
      <p aria-live="polite" className="sr-only">
        {news}
      </p>
    </main>
  )
}
