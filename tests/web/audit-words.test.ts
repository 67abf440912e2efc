import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordedActions } from '../../lib/contract/recorded-actions.ts'
import { newId } from '../../lib/contract/new-id.ts'
import { roles, tiers } from '../../lib/contract/user.ts'
import { actionNames } from '../../lib/domain/access.ts'
import { asked, done } from '../../web/src/lib/audit/deeds.ts'
import { past } from '../../web/src/lib/audit/past.ts'
import { actorOf, subjectOf } from '../../web/src/lib/audit/subjects.ts'
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
  for (const action of ending) assert.match(wordsOf(action, 'done'), /^changed the .+: .+$/)
  assert.equal(wordsOf('project.model.any-1.5', 'done'), 'chose the model of a project: any-1.5')
  assert.equal(wordsOf('project.forgotten', 'denied'), 'project.forgotten')
})

test('what was done is told as done, and what was not allowed as that', () => {
  assert.equal(wordsOf('project.delete', 'done'), 'deleted a project')
  assert.equal(wordsOf('project.delete', 'denied'), 'was not allowed to delete a project')
  assert.equal(wordsOf('member.list', 'denied'), 'was not allowed to look at the members')
  const strange = Object.keys(past).filter((action) => !(recordedActions as readonly string[]).includes(action))
  assert.deepEqual(strange, [])
})

test('what an entry is about is told by names, and what is gone says so', () => {
  const [project, person] = [newId('project'), newId('user')]
  const about = (subject: string, names: Record<string, string> = {}) => subjectOf({ subject, names })
  assert.equal(about(`${project}/${person}`, { [project]: 'Shop', [person]: 'Ada' }), 'Shop · Ada')
  assert.equal(about(`${project}/${newId('share')}`, { [project]: 'Shop' }), 'Shop · a share link')
  assert.equal(about(project), 'a project that is gone')
  assert.equal(about(`${project}/src/a/b.ts`, { [project]: 'Shop' }), 'Shop · src/a/b.ts')
  const version = newId('version')
  assert.equal(about(version, { [version]: '7' }), 'version 7')
  assert.equal(about('teams'), 'teams')
  assert.equal(actorOf({ id: person, name: null }), 'somebody who is gone')
  assert.equal(actorOf({ id: 'billing', name: null }), 'Billing')
})
