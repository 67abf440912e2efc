interface Placed {
  getBoundingClientRect(): { top: number; x: number }
}

type Way = (cards: readonly Placed[], at: number) => Placed | undefined

const along =
  (step: 1 | -1): Way =>
  (cards, at) =>
    cards[at + step]

/** The one in the next row that stands closest to where one comes from. */
const across =
  (step: 1 | -1): Way =>
  (cards, at) => {
    const from = cards[at]?.getBoundingClientRect()
    if (!from) return undefined
    const onward = step === 1 ? cards.slice(at + 1) : cards.slice(0, at).toReversed()
    const placed = onward.map((card) => ({ card, ...placeOf(card) })).filter(({ top }) => !level(top, from.top))
    const row = placed.filter(({ top }) => level(top, placed[0]?.top ?? 0))
    return row.toSorted((one, other) => Math.abs(one.x - from.x) - Math.abs(other.x - from.x))[0]?.card
  }

const placeOf = (card: Placed) => {
  const { top, x } = card.getBoundingClientRect()
  return { top, x }
}
const level = (one: number, other: number) => Math.abs(one - other) <= 1

const ways: Record<string, Way> = {
  Home: (cards) => cards[0],
  End: (cards) => cards.at(-1),
  ArrowLeft: along(-1),
  ArrowRight: along(1),
  ArrowUp: across(-1),
  ArrowDown: across(1),
}
const mirrored: Record<string, string> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

/** The key that means the same where one reads from right to left. */
export const asRead = (key: string, direction: string): string => (direction === 'rtl' && mirrored[key]) || key

/** Where a key leads from one card: along the reading direction, or to the one that stands above or below. */
export function nextCard<C extends Placed>(cards: readonly C[], from: C, key: string): C | undefined {
  const to = ways[key]?.(cards, cards.indexOf(from))
  return cards.find((card) => card === to)
}
