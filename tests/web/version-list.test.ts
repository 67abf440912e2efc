import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Version } from '../../lib/contract/version.ts'
import { withPage } from '../../web/src/lib/versions/version-list.ts'

const versions = (...numbers: number[]) => numbers.map((number) => ({ number }) as Version)
const numbersIn = (list: readonly Version[]) => list.map(({ number }) => number)

test('an answer that comes late takes no version away that was made since it was asked for', () => {
  assert.deepEqual(numbersIn(withPage(versions(5, 4, 3), versions(4, 3))), [5, 4, 3])
  assert.deepEqual(numbersIn(withPage(versions(1), [])), [1])
})

test('a first page comes before the older ones that were loaded already', () => {
  assert.deepEqual(numbersIn(withPage(versions(4, 3, 2, 1), versions(6, 5, 4, 3))), [6, 5, 4, 3, 2, 1])
  assert.deepEqual(numbersIn(withPage([], versions(2, 1))), [2, 1])
})
