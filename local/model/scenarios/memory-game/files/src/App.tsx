import { useState } from 'react'
import { Table } from './components/Table'
import { deal, isOver, turned } from './lib/game'
import { useStored } from './lib/use-stored'
import type { Card } from './types'

export function App() {
  const [game, setGame] = useState(deal)
  const [best, setBest] = useStored<number | null>('best', () => null)

  const turn = (card: Card) => {
    const next = turned(game, card)
    setGame(next)
    if (isOver(next)) setBest((before) => Math.min(before ?? next.moves, next.moves))
  }

  return (
    <main className="mx-auto grid min-h-svh max-w-lg content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <div className="flex flex-wrap items-center gap-4">
        <p aria-live="polite" className="mr-auto">
          Moves: {game.moves} · Pairs: {game.found.length} of 8{best === null ? '' : ` · Best: ${best}`}
        </p>
        <button type="button" onClick={() => setGame(deal())} className="quiet">
          New game
        </button>
      </div>
      {isOver(game) && (
        <p role="status" className="panel text-center text-xl font-semibold">
          All found in {game.moves} moves.
        </p>
      )}
      <Table game={game} onTurn={turn} />
    </main>
  )
}
