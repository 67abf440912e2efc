import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordedActions } from '../../lib/contract/recorded-actions.ts'
import { roles, tiers } from '../../lib/contract/user.ts'
import { actionNames } from '../../lib/domain/access.ts'
import { asked, done } from '../../web/src/lib/audit/deeds.ts'
import { choices, wordsOf } from '../../web/src/lib/audit/words.ts'

test('every action that can be recorded is told in words, and no words are for one that cannot', () => {
  assert.deepEqual(Object.keys(done).toSorted(), recordedActions.toSorted())
  assert.deepEqual(
    Object.keys(asked).toSorted(),
    actionNames.filter((action) => !(recordedActions as readonly string[]).includes(action)).toSorted(),
  )
})

test('every action that can be recorded can be looked for', () => {
  const offered = choices.flatMap(({ noun, actions }) => [noun, ...actions.map(([action]) => action)])
  const missing = recordedActions.filter((action) => !offered.includes(action))
  assert.deepEqual(missing, [])
})

test('what an action ends with is said in words, too', () => {
  const ending = [...roles.map((role) => `member.role.${role}`), ...tiers.map((tier) => `plan.${tier}`)]
  for (const action of ending) assert.match(wordsOf(action), /^Change the .+: .+$/)
  assert.equal(wordsOf('project.model.any-1.5'), 'Choose the model of a project: any-1.5')
  assert.equal(wordsOf('project.forgotten'), 'project.forgotten')
})
