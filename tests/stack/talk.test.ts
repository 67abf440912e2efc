import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Generation, NewGeneration } from '../../lib/contract/generation.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { openStack } from './open-stack.ts'

type Wish = Partial<NewGeneration>

test('a run plans, asks, and builds what was planned and answered', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const ada = await stack.as('ada@example.com')
  const { body: project } = await ada.post<{ id: `prj_${string}` }>(paths.projects(), {
    name: 'Tend',
    template: 'static',
  })
  const run = async (wish: Wish) => {
    const { status, body } = await ada.post<Generation>(projectPaths.generate(project.id), wish)
    assert.equal(status, 202, JSON.stringify(body))
    return ada.ended(project.id, body.id, 120)
  }

  const plan = await run({ prompt: 'A landing page for a bakery', mode: 'plan' })
  assert.deepEqual([plan.state, plan.mode, plan.versionId], ['succeeded', 'plan', null], JSON.stringify(plan.failure))
  assert.match(plan.answer ?? '', /## Plan: /)

  const built = await run({ prompt: 'Build it' })
  assert.deepEqual([built.state, built.failure], ['succeeded', null])
  assert.notEqual(built.versionId, null)
  const files = await ada.get<{ items: { path: string }[] }>(
    projectPaths.files(project.id, built.versionId ?? 'ver_none'),
  )
  assert.ok(files.body.items.some(({ path }) => path === 'index.html'))

  const asked = await run({ prompt: 'A page about tea, but first ask me which colour' })
  assert.equal(asked.state, 'succeeded')
  assert.deepEqual(asked.question, { text: 'Which colour should it have?', choices: ['Teal', 'Purple', 'Orange'] })
  const told = await ada.events(project.id)
  assert.ok(told.some(({ type, data }) => type === 'project:generation:complete' && data['question'] !== null))
  const answered = await run({
    prompt: 'Purple',
    attachments: [{ kind: 'error', source: 'console', message: 'x is not defined', detail: '' }],
  })
  assert.deepEqual([answered.state, answered.failure, answered.question], ['succeeded', null, null])
  assert.notEqual(answered.context, null)
})
