export type Mode = 'focus' | 'short' | 'long'

export type Session = {
  id: string
  mode: Mode
  minutes: number
  endedAt: string
}
