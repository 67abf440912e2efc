import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Figures } from '../../lib/contract/operator.ts'
import { economicsOf, sandboxHourOf, supposedOf } from '../../web/src/lib/operator/economics.ts'
import { marginOfDay, marginOfModel, marginOfTier } from '../../web/src/lib/operator/margin.ts'

const none = { costMicros: 0, chargedMicros: 0, simulatedMicros: 0 }
const spend = { ...none, costMicros: 3_000_000, chargedMicros: 2_500_000 }
const pro = {
  ...({ tier: 'pro', organizations: 2, seats: 2, monthlyMicros: 38_000_000, sandboxSeconds: 36_000 } as const),
  ...spend,
}

const figures: Figures = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-16T00:00:00.000Z',
  tiers: [{ tier: 'free', organizations: 5, seats: 5, monthlyMicros: 0, sandboxSeconds: 0, ...none }, pro],
  models: [{ model: 'm', calls: 4, ...spend }],
  days: [{ day: '2026-11-02', runs: 1, people: 1, ...spend }],
  conversion: { made: 7, madePaying: 2, all: 7, paying: 2 },
  retention: [],
  firstProject: { people: 0, withProject: 0, medianSeconds: null, slowSeconds: null },
  green: { ended: 0, succeeded: 0, green: 0 },
  sandboxes: { started: 0, active: 2, seconds: 36_000, vcpusEach: 2, memoryGiBEach: 4 },
}
const hour = sandboxHourOf({ vcpus: 2, memoryGiB: 4 })

test('half a month goes on as a whole one', () => {
  const { sandboxes, hoursPerSandbox, modelMonth, pros } = supposedOf(figures)
  assert.deepEqual([sandboxes, hoursPerSandbox, modelMonth, pros], [2, 10, 6, 2])
})

test('what a month comes to adds up, and says how many more it takes until it pays', () => {
  const comes = economicsOf(supposedOf(figures), { pro: 19, team: 49 })
  assert.equal(comes.revenueMonth, 38)
  assert.ok(Math.abs(comes.sandboxMonth - 10 * hour) < 1e-9)
  assert.ok(Math.abs(comes.costMonth - (25 + 20 * hour + 6)) < 1e-9)
  assert.equal(comes.prosMissing, 0)
  const dear = economicsOf({ ...supposedOf(figures), baseMonth: 100 }, { pro: 19, team: 49 })
  const each = 19 - 10 * hour - 3
  assert.equal(dear.prosMissing, Math.ceil(-dear.marginMonth / each))
  assert.equal(dear.breakEven, Math.ceil(100 / each))
})

test('where each sandbox costs what it earns there is no break-even', () => {
  const { breakEven, prosMissing } = economicsOf(
    { ...supposedOf(figures), hoursPerSandbox: 700 },
    { pro: 19, team: 49 },
  )
  assert.deepEqual([breakEven, prosMissing], [null, null])
})

test('without a sandbox or a subscription nothing is divided by nothing', () => {
  const empty = {
    ...figures,
    tiers: [],
    sandboxes: { started: 0, active: 0, seconds: 0, vcpusEach: null, memoryGiBEach: null },
  }
  const comes = economicsOf(supposedOf(empty), { pro: 19, team: 49 })
  assert.deepEqual([comes.costMonth, comes.breakEven], [25, null])
  assert.equal(comes.prosMissing, 2)
})

test('the margin of a tier is half of its month, less its models and its sandboxes', () => {
  assert.equal(marginOfTier(pro, figures), Math.round(19_000_000 - 3_000_000 - 10 * hour * 1_000_000))
})

test('the margin of a model and of a day', () => {
  assert.equal(marginOfModel({ model: 'm', calls: 4, ...spend }), -500_000)
  assert.equal(
    marginOfDay({ day: '2026-11-02', runs: 1, people: 1, ...spend }, figures),
    Math.round(38_000_000 / 30) - 3_000_000,
  )
})
