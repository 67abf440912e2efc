import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitsOf } from '../../lib/domain/limits.ts'
import { priceOfSeats, tierTable } from '../../lib/domain/tiers.ts'

const alone = { seats: 1, overrides: null }

test('a tier without seats allows what its table says, however many seats were paid', () => {
  assert.deepEqual(limitsOf({ tier: 'free', ...alone }), tierTable.free.limits)
  assert.deepEqual(limitsOf({ tier: 'pro', seats: 7, overrides: null }), tierTable.pro.limits)
  assert.equal(priceOfSeats('pro', 7), tierTable.pro.monthlyMicros)
})

test('sandboxes, their hours and requests of a team are for each seat; the rest is not', () => {
  const { team } = tierTable
  const limits = limitsOf({ tier: 'team', seats: 3, overrides: null })
  assert.deepEqual(limits, {
    ...team.limits,
    sandboxesAtOnce: 3 * team.limits.sandboxesAtOnce,
    sandboxHoursPerMonth: 3 * team.limits.sandboxHoursPerMonth,
    generationsPerMonth: 3 * team.limits.generationsPerMonth,
  })
  assert.equal(priceOfSeats('team', 3), 3 * team.monthlyMicros)
})

test('what has no limit has none with more seats, and its price is agreed upon', () => {
  assert.equal(limitsOf({ tier: 'enterprise', seats: 100, overrides: null }).generationsPerMonth, null)
  assert.equal(priceOfSeats('enterprise', 100), null)
})

test('what the operator set goes before the tier, seats and all', () => {
  const limits = limitsOf({ tier: 'team', seats: 3, overrides: { generationsPerMonth: 12, repositories: 0 } })
  assert.deepEqual([limits.generationsPerMonth, limits.repositories], [12, 0])
  assert.equal(limits.sandboxesAtOnce, 3 * tierTable.team.limits.sandboxesAtOnce)
})
