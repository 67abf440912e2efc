import { isOpen } from '../lib/game'
import type { Card, Game } from '../types'
import { Face } from './Face'

export function Table({ game, onTurn }: { game: Game; onTurn: (card: Card) => void }) {
  return (
    <ul aria-label="Cards" className="grid grid-cols-4 gap-2 sm:gap-3">
      {game.cards.map((card, at) => {
        const open = isOpen(game, card)
        return (
          <li key={card.id}>
            <button
              type="button"
              onClick={() => onTurn(card)}
              aria-label={`Card ${at + 1}, ${open ? card.face : 'face down'}`}
              className={`grid aspect-square w-full place-items-center rounded-2xl border-2 ${open ? 'border-accent bg-surface text-accent' : 'border-accent bg-accent text-on-accent hover:brightness-110'}`}
            >
              {open ? <Face name={card.face} /> : null}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
