export type Card = {
  id: string
  face: string
}

export type Game = {
  cards: Card[]
  /** Cards that lie open until the next turn. */
  open: string[]
  /** Faces whose pair was found. */
  found: string[]
  moves: number
}
