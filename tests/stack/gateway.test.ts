import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStack } from './open-stack.ts'

test('an app is built with the gateway as a service: no reply goes through a function', async (t) => {
  const stack = await openStack({ after: (work) => t.after(work) }, { settings: { MODEL_GATEWAY: 'service' } })
  assert.match(stack.environment['MODEL_GATEWAY'] ?? '', /^http:\/\/localhost:\d+$/)
  const ada = await stack.as('ada@example.com')
  const { project, generation } = await ada.build('a habit tracker with streaks')
  const { state, failure, cost } = await ada.ended(project.id, generation.id)
  assert.deepEqual([state, failure], ['succeeded', null])
  assert.ok(cost.micros > 0)
  assert.equal(
    stack.logs.some((line) => line.includes('relay-model')),
    false,
  )
})
