export type Happening = {
  id: string
  title: string
  /** As 2030-01-31. */
  day: string
  time: string
}

export type NewHappening = Omit<Happening, 'id' | 'day'>
