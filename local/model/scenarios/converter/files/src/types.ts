export type Unit = {
  id: string
  name: string
  /** Into the first unit of its kind, and back. */
  into: (value: number) => number
  back: (value: number) => number
}

export type Choice = {
  kind: string
  value: string
  from: string
  to: string
}
