export type Habit = {
  id: string
  title: string
  /** The days it was done, as local dates: 2026-03-09. */
  days: string[]
}

export type NewHabit = Omit<Habit, 'id' | 'days'>
