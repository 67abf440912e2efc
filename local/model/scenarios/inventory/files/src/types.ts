export type Item = {
  id: string
  title: string
  count: number
  /** At so many it is time to order. */
  least: number
}

export type NewItem = Omit<Item, 'id'>
