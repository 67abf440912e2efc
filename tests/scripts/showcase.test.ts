import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNamed, scenarioFor } from '../../local/model/scenarios/index.ts'
import { readSentences } from '../../scripts/showcase/sentences.ts'

const template = 'react'

test('each app of the front page is what its sentence asks for, in either language', async () => {
  const [english, german] = [await readSentences('en'), await readSentences('de')]
  assert.ok(english.length >= 4)
  assert.deepEqual(german.map(({ name }) => name).sort(), english.map(({ name }) => name).sort())
  for (const { name, sentence } of [...english, ...german]) {
    assert.ok(isNamed({ prompt: sentence, template }), sentence)
    assert.equal(scenarioFor({ prompt: sentence, template }).name, name, sentence)
  }
})
