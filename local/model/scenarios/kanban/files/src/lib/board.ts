import { columns } from '../types'
import type { Card, ColumnId } from '../types'

export const firstCards = (): Card[] => [
  { id: 'plan', title: 'Write down what this board is for', column: 'todo', label: 'Idea' },
  { id: 'invite', title: 'Invite the others', column: 'todo', label: 'Work' },
  { id: 'drag', title: 'Drag me to “Done”, or use the arrow keys', column: 'doing', label: 'Urgent' },
  { id: 'limit', title: 'Agree on three things at a time', column: 'doing', label: 'Work' },
  { id: 'open', title: 'Open the board', column: 'done', label: 'Work' },
]

export const cardsIn = (cards: Card[], column: ColumnId): Card[] => cards.filter((card) => card.column === column)

/** Puts a card into a column, before another card or at the end. */
export function moved(cards: Card[], id: string, to: { column: ColumnId; before?: string | undefined }): Card[] {
  const card = cards.find((candidate) => candidate.id === id)
  if (card === undefined || to.before === id) return cards
  const rest = cards.filter((candidate) => candidate.id !== id)
  const at = rest.findIndex((candidate) => candidate.id === to.before)
  return rest.toSpliced(at === -1 ? rest.length : at, 0, { ...card, column: to.column })
}

const sideways: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }
const upDown: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 }

/** Where an arrow key takes a card; `undefined` when there is no such place. */
export function placeFor(cards: Card[], card: Card, key: string): { column: ColumnId; before?: string } | undefined {
  const here = columns.findIndex(({ id }) => id === card.column)
  const column = key in sideways ? columns[here + (sideways[key] ?? 0)] : undefined
  if (column !== undefined) return { column: column.id }
  const neighbours = cardsIn(cards, card.column)
  const index = neighbours.findIndex(({ id }) => id === card.id)
  const step = upDown[key]
  const target = step === undefined ? undefined : neighbours[index + step]
  if (step === undefined || target === undefined) return undefined
  const before = step === 1 ? neighbours[index + 2]?.id : target.id
  return before === undefined ? { column: card.column } : { column: card.column, before }
}
