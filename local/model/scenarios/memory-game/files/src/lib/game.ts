import type { Card, Game } from '../types'

export const faces = ['sun', 'moon', 'star', 'wave', 'leaf', 'stone', 'cloud', 'flame']

export function deal(): Game {
  const cards = faces.flatMap((face) => [1, 2].map((n): Card => ({ id: `${face}-${n}`, face })))
  for (let at = cards.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1))
    const [a, b] = [cards[at], cards[other]]
    if (a && b) [cards[at], cards[other]] = [b, a]
  }
  return { cards, open: [], found: [], moves: 0 }
}

/** The game after a card was turned; two open ones that differ turn back first. */
export function turned(game: Game, card: Card): Game {
  if (game.found.includes(card.face) || game.open.includes(card.id)) return game
  const [first, second] = game.open
  if (first === undefined || second !== undefined) return { ...game, open: [card.id] }
  const pair = game.cards.find(({ id }) => id === first)?.face === card.face
  return {
    ...game,
    open: pair ? [] : [first, card.id],
    found: pair ? [...game.found, card.face] : game.found,
    moves: game.moves + 1,
  }
}

export const isOpen = ({ open, found }: Game, { id, face }: Card): boolean => open.includes(id) || found.includes(face)

export const isOver = ({ found }: Game): boolean => found.length === faces.length
