import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settle, standingOf, type Subscription } from '../../lib/domain/billing.ts'

const now = new Date('2026-11-20T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const subscription = (changes: Partial<Subscription> = {}): Subscription => ({
  id: 'sub_1',
  itemId: 'si_1',
  status: 'active',
  plan: 'team',
  seats: 4,
  periodEnd: daysAgo(-20),
  endsAt: null,
  createdAt: daysAgo(10),
  ...changes,
})
const settled = (subscriptions: Subscription[], unpaidSince: Date | null = null) => {
  const { current, surplus, ...rest } = settle(subscriptions, { unpaidSince }, now)
  return { ...rest, current: current?.id ?? null, surplus: surplus.map(({ id }) => id) }
}

test('what is paid for holds, with its seats', () => {
  assert.deepEqual(settled([subscription()]), {
    current: 'sub_1',
    surplus: [],
    unpaidSince: null,
    tier: 'team',
    seats: 4,
  })
  assert.equal(settled([subscription({ plan: 'pro', seats: 1 })]).tier, 'pro')
  assert.deepEqual([settled([]).tier, settled([]).current], ['free', null])
})

test('what is owed holds for seven days from when it was first seen, to the minute', () => {
  const owed = [subscription({ status: 'past_due' })]
  assert.deepEqual([settled(owed).tier, settled(owed).unpaidSince], ['team', now])
  assert.equal(settled(owed, daysAgo(6.999)).tier, 'team')
  assert.deepEqual([settled(owed, daysAgo(7)).tier, settled(owed, daysAgo(7)).seats], ['free', 1])
  assert.equal(settled([subscription({ status: 'unpaid' })], daysAgo(1)).tier, 'team')
})

test('a payment that went through ends the owing', () => {
  assert.equal(settled([subscription()], daysAgo(6)).unpaidSince, null)
})

test('what is over, was never paid, or is not ours, is free', () => {
  for (const status of ['canceled', 'incomplete', 'incomplete_expired', 'paused']) {
    assert.equal(settled([subscription({ status })]).tier, 'free', status)
  }
  assert.equal(settled([subscription({ plan: null })]).current, null)
})

test('of two that were paid at once the newest counts, whatever their order, and the other is surplus', () => {
  const [older, newer] = [
    subscription({ id: 'a', createdAt: daysAgo(2) }),
    subscription({ id: 'b', createdAt: daysAgo(1) }),
  ]
  assert.deepEqual(settled([older, newer]), settled([newer, older]))
  assert.deepEqual([settled([older, newer]).current, settled([older, newer]).surplus], ['b', ['a']])
  const over = subscription({ id: 'c', status: 'canceled', createdAt: now })
  assert.equal(settled([over, older]).current, 'a')
})

test('where it stands is one word', () => {
  const state = (changes: object) =>
    standingOf({ status: 'active', periodEnd: now, unpaidSince: null, endsAt: null, ...changes }, now).state
  assert.equal(state({ status: null }), 'none')
  assert.equal(state({}), 'paid')
  assert.equal(state({ endsAt: daysAgo(-3) }), 'ending')
  assert.equal(state({ status: 'past_due', unpaidSince: daysAgo(6) }), 'owing')
  assert.equal(state({ status: 'past_due', unpaidSince: daysAgo(8) }), 'ended')
  assert.equal(state({ status: 'canceled' }), 'ended')
})
