import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Queue } from '../../lib/contract/conversation.ts'
import type { Generation } from '../../lib/contract/generation.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import type { Page } from '../../lib/contract/page.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { Version } from '../../lib/contract/version.ts'
import { until } from '../world/until.ts'
import { openStack, type Caller } from './open-stack.ts'

async function listed<Item>(ada: Caller, path: string): Promise<Item[]> {
  const { status, body } = await ada.get<Page<Item>>(path)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items
}

const versionsOf = (ada: Caller, id: ProjectId) => listed<Version>(ada, projectPaths.versions(id))

async function newest(ada: Caller, id: ProjectId, prompt: string): Promise<Generation> {
  const fits = (run: Generation) => run.prompt === prompt
  const runs = await until(
    () => listed<Generation>(ada, projectPaths.generations(id)),
    (all) => all.some(fits),
    60_000,
  )
  return runs.find(fits) as Generation
}

test(
  'messages that wait, a stop that keeps the work, and going back, on the whole stack',
  { timeout: 400_000 },
  async (t) => {
    const stack = await openStack(t)
    const ada = await stack.as('ada@example.com')
    const { project, generation: first } = await ada.build('a habit tracker')
    const { id } = project

    await t.test('a message that was written meanwhile starts by itself and builds on what was made', async () => {
      const { status } = await ada.post(projectPaths.queue(id), { prompt: 'make it green' })
      assert.equal(status, 201)
      const done = await ada.ended(id, first.id, 150)
      assert.equal(done.state, 'succeeded', JSON.stringify(done.failure))
      const second = await ada.ended(id, (await newest(ada, id, 'make it green')).id, 150)
      assert.deepEqual(
        [second.state, second.baseVersionId],
        ['succeeded', done.versionId],
        JSON.stringify(second.failure),
      )
      assert.deepEqual((await ada.get<Queue>(projectPaths.queue(id))).body, { items: [], paused: null })
    })

    await t.test('a run that is stopped leaves what it had done as a version', async () => {
      const { body } = await ada.post<Generation>(projectPaths.generate(id), { prompt: 'add a clear all button' })
      await untilChanged(ada, id, body.id)
      const { body: stopped } = await ada.post<Generation>(projectPaths.cancel(id, body.id))
      assert.equal(stopped.state, 'cancelled')
      const [version] = await until(
        () => versionsOf(ada, id),
        ({ length }) => length === 3,
        60_000,
      )
      assert.deepEqual([version?.number, version?.message], [3, 'Stopped: add a clear all button'])
    })

    await t.test('going back to before the second request restores what it built on', async () => {
      const second = await newest(ada, id, 'make it green')
      const { status, body } = await ada.post<Generation>(projectPaths.retry(id), {
        generationId: second.id,
        prompt: 'make it red',
      })
      assert.equal(status, 202, JSON.stringify(body))
      const done = await ada.ended(id, body.id, 150)
      assert.equal(done.state, 'succeeded', JSON.stringify(done.failure))
      const versions = await versionsOf(ada, id)
      assert.deepEqual(
        versions.map(({ number, source }) => [number, source]),
        [
          [5, 'generation'],
          [4, 'restore'],
          [3, 'generation'],
          [2, 'generation'],
          [1, 'generation'],
        ],
      )
      const current = (await ada.get<Project>(paths.project(id))).body.currentVersionId
      assert.equal(current, done.versionId)
    })
  },
)

/** Until the log tells that the run has changed a file and gone on after it, so that it has saved where it is. */
const untilChanged = (ada: Caller, id: ProjectId, generationId: string) =>
  until(
    async () => (await ada.events(id)).filter(({ data }) => data['generationId'] === generationId),
    (events) => {
      const changed = events.findIndex(({ type }) => type === 'file:changed')
      return changed >= 0 && events.length > changed + 3
    },
    60_000,
  )
