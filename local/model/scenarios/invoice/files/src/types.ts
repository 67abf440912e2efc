export type Line = {
  id: string
  title: string
  amount: number
  cents: number
}

export type NewLine = Omit<Line, 'id'>
