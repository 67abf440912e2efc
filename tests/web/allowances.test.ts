import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Usage } from '../../lib/contract/user.ts'
import { allowancesOf, nearOf } from '../../web/src/lib/usage/allowances.ts'
import { storedIn } from '../../web/src/lib/usage/storage.ts'

const uncapped = { monthMicros: null, takenMicros: 0 }

const usage = (generations: Partial<Usage['generations']>): Usage => ({
  organizationId: 'org_x',
  tier: 'free',
  period: { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
  generations: { used: 0, reserved: 0, limit: 50, forecast: 0, credits: 0, beyond: 0, more: 0, ...generations },
  spend: { currency: 'USD', usedMicros: 0, reservedMicros: 0, forecastMicros: 0 },
  sandboxes: { awake: 0, limit: 1 },
  sandboxHours: { used: 0, limit: 10, forecast: 0 },
  caps: { runMicros: 1, organization: uncapped, member: uncapped, person: uncapped },
})

function requests(generations: Partial<Usage['generations']>) {
  const [runs] = allowancesOf(usage(generations))
  assert.ok(runs)
  return runs
}

test('requests beyond the month’s own are named beside them, and never make them more than there are', () => {
  assert.equal(requests({ used: 53, credits: 3 }).amount, '50 of 50 and 3 from credits')
  assert.equal(
    requests({ used: 54, reserved: 1, credits: 3, beyond: 2 }).amount,
    '50 of 50 and 3 from credits and 2 charged one by one',
  )
  assert.equal(requests({ used: 60 }).amount, '50 of 50 and 10 on the plan before')
  assert.equal(requests({ used: 7, credits: 3, limit: null }).amount, '4, no limit and 3 from credits')
  assert.equal(requests({ used: 20 }).amount, '20 of 50')
})

test('used up is only what nothing more can begin on', () => {
  assert.deepEqual([requests({ used: 50 }).state, nearOf(usage({ used: 50 })).length], ['over', 1])
  const bought = requests({ used: 52, credits: 2, more: 98 })
  assert.deepEqual([bought.state, bought.ahead], ['calm', 'The next ones are beyond the plan: 98 more can begin.'])
  assert.equal(nearOf(usage({ used: 52, credits: 2, more: 98 })).length, 0)
  assert.equal(requests({ used: 45, more: 100 }).state, 'near')
})

test('what a project stores warns at four fifths, and says when it is full', () => {
  const gigabyte = 2 ** 30
  const states = [0.5, 0.8, 1, 3].map((part) => {
    const { state, amount } = storedIn('App', { usedBytes: part * gigabyte, limitBytes: gigabyte })
    return [state, amount]
  })
  assert.deepEqual(states, [
    ['calm', '512.0 MB of 1.0 GB'],
    ['near', '819.2 MB of 1.0 GB'],
    ['over', '1.0 GB of 1.0 GB'],
    ['over', '3.0 GB of 1.0 GB'],
  ])
  assert.equal(storedIn('App', { usedBytes: 2048, limitBytes: null }).amount, '2.0 KB, no limit')
})
