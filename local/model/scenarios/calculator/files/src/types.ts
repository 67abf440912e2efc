export type Operator = '+' | '−' | '×' | '÷'

export type Machine = {
  /** What is shown. */
  shown: string
  /** What waits for the next number. */
  left: number | null
  operator: Operator | null
  /** Whether the next digit begins a new number. */
  fresh: boolean
}

export type Line = {
  id: string
  sum: string
  result: string
}
