export const channels = ['Search', 'Direct', 'Social', 'Partners'] as const

export type Channel = (typeof channels)[number]

export type Day = {
  date: Date
  visits: Record<Channel, number>
  orders: Record<Channel, number>
  /** In whole units of the currency. */
  revenue: number
}

export type Period = 7 | 30 | 90
