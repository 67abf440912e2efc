import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { listFunctions } from '../scripts/function-folders.ts'
import { budgetOf, weighBundles } from './bench/parts/budgets.ts'

it('weighs every declared function', async () => {
  const declared = await listFunctions(join(import.meta.dirname, '..'))
  assert.deepEqual(
    weighBundles()
      .map(({ address }) => address)
      .sort(),
    [...declared].sort(),
  )
})

it('allows 250 KB where somebody waits for the answer, 1.2 MB to jobs', () => {
  assert.equal(budgetOf('v1/projects'), 250)
  assert.equal(budgetOf('hooks/github'), 250)
  assert.equal(budgetOf('cron/minute'), 250)
  assert.equal(budgetOf('jobs/start-generation'), 1_200)
})

it('keeps every bundle within its budget', () => {
  for (const { address, kilobytes, heaviest } of weighBundles()) {
    const budget = budgetOf(address)
    assert.ok(kilobytes > 1, `${address} is empty`)
    assert.ok(kilobytes <= budget, `${address} weighs ${kilobytes.toFixed(0)} of ${budget} KB: ${heaviest}`)
  }
})

it('keeps the stores that a function speaks of, and no other', () => {
  const textOf = (address: string) =>
    readFileSync(join(import.meta.dirname, `../build/functions/${address}/index.js`), 'utf8')
  assert.match(textOf('v1/library'), /insert into everjust\.folders/)
  assert.doesNotMatch(textOf('v1/projects'), /insert into everjust\.folders/)
})
