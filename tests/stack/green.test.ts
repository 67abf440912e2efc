import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Generation } from '../../lib/contract/generation.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { Version } from '../../lib/contract/version.ts'
import { until } from '../world/until.ts'
import { openBackstage } from './backstage.ts'
import { openStack } from './open-stack.ts'

test('a loop of errors is broken: the last green version is back, and the repairs cost nothing', async (t) => {
  const stack = await openStack(t)
  const { sql, inside } = openBackstage(t, stack)
  const ada = await stack.as('ada@example.com')
  const { project, generation } = await ada.build('a page about tea', 'static')
  const ask = async (prompt: string) => {
    const { body } = await ada.post<Generation>(projectPaths.generate(project.id), { prompt })
    return ada.ended(project.id, body.id)
  }
  const versions = async () => (await ada.get<{ items: Version[] }>(projectPaths.versions(project.id))).body.items

  await t.test('what was built is green, with a picture of its page', async () => {
    assert.equal((await ada.ended(project.id, generation.id)).state, 'succeeded')
    const [version] = await versions()
    assert.equal(version?.green, true)
    const picture = await fetch(version.picture ?? '')
    assert.equal(picture.headers.get('content-type'), 'image/webp')
    const bytes = Buffer.from(await picture.arrayBuffer())
    assert.ok(bytes.length > 1_000 && bytes.length < 60 * 1024, `${bytes.length} bytes`)
    const checks = (await ada.events(project.id)).flatMap(({ type, data }) =>
      type === 'check:result' ? [[data['check'], data['ok']]] : [],
    )
    assert.deepEqual(checks.slice(-2), [
      ['page', true],
      ['console', true],
    ])
  })

  await t.test('a mistake that is mended ends well, in a green version', async () => {
    const ended = await ask('break it once')
    assert.deepEqual([ended.state, ended.failure, ended.returnedMicros], ['succeeded', null, 0])
    const [version] = await versions()
    assert.deepEqual([version?.id, version?.green], [ended.versionId, true])
  })

  await t.test('a mistake that comes back is undone, explained, and its repairs are given back', async () => {
    const [good] = await versions()
    const ended = await ask('break it the same way twice')
    assert.deepEqual([ended.state, ended.failure?.code], ['failed', 'same_error'])
    assert.equal(ended.diagnosis?.check, 'typecheck')
    assert.match(ended.diagnosis.message, /broken\.js/)
    assert.deepEqual([ended.diagnosis.tries, ended.diagnosis.restored], [1, good?.number])
    const [back, bad] = await versions()
    assert.deepEqual([back?.restoredFrom, back?.green, bad?.green], [good?.id, true, false])
    assert.equal((await ada.get<Project>(paths.project(project.id))).body.currentVersionId, back?.id)

    const [booked] = await sql`
      select (select sum(spent_micros) filter (where purpose = 'repair')::int from everjust.model_calls
          where generation_id = ${ended.id}) as repairs,
        (select sum(spent_micros) filter (where purpose = 'work')::int from everjust.model_calls
          where generation_id = ${ended.id}) as work,
        (select settled::int from everjust.ledger where generation_id = ${ended.id} and metric = 'micros') as settled`
    assert.ok(booked?.['repairs'] > 0)
    assert.deepEqual([ended.returnedMicros, ended.cost.micros], [booked?.['repairs'], booked?.['work']])
    assert.equal(booked?.['settled'], booked?.['work'])
    // The preview shows it too.
    await until(
      () => inside(project.id, 'ls /home/app/project'),
      (files) => files.includes('slip.js') && !files.includes('broken.js'),
      20_000,
    )
  })
})
