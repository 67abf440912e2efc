import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Api } from '../../web/src/lib/api.ts'
import type { ProjectId, Version } from '../../web/src/lib/contract.ts'
import { generation } from './happenings.ts'
import { page } from './runes.ts'
import { settled, SlowApi } from './slow-api.ts'

const { Commands } = await import('../../web/src/lib/commands/commands.svelte.ts')
const { Follow } = await import('../../web/src/lib/follow/follow.svelte.ts')
const { Absence } = await import('../../web/src/lib/preview/absence.svelte.ts')
const { Versions } = await import('../../web/src/lib/versions/versions.svelte.ts')

/** Its code speaks of what only browsers know, and so its types are none of a program's. */
interface Bench {
  open(): () => void
}
const { Workbench }: { Workbench: new (api: Api, id: ProjectId, person: string) => Bench } = await import(
  String(new URL('../../web/src/lib/workbench.svelte.ts', import.meta.url))
)

const id = generation.projectId as ProjectId
const deaf = { onVersion: () => {}, onRequest: () => {}, onQueue: () => {} }
const log = { events: [], next: '0' }
const minutes = 60_000
const versions = (...numbers: number[]) => numbers.map((number) => ({ id: `ver_${number}`, number }) as Version)

test('a project that is left before all of it has come starts no sandbox', async () => {
  const line = new SlowApi()
  const leave = new Workbench(line.api, id, 'ada').open()
  const current = { id, role: 'owner', archivedAt: null, currentVersionId: 'ver_1', activeGenerationId: null }
  await line.answer('GET', /prj_\w+$/, current)
  await line.answer('GET', /\/generations/, { items: [], total: 0, next: null })
  await line.answer('GET', /\/sandbox$/, { state: 'stopped', updatedAt: '2026-11-22T10:00:00.000Z', preview: null })
  await line.answer('GET', /\/versions/, { items: versions(1), next: null })
  leave()
  await line.answer('GET', /\/events/, log)
  assert.deepEqual(line.waiting, [])
})

test('a project that is not followed any more opens no socket for a run that is under way', async () => {
  const line = new SlowApi()
  const follow = new Follow(line.api, id, deaf)
  follow.stop()
  await follow.start([generation], log)
  assert.deepEqual(line.waiting, [])
})

test('a project that was opened behind another page, and never looked at, asks for nothing after five minutes', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() })
  page.hide(true)
  const line = new SlowApi()
  const follow = new Follow(line.api, id, deaf)
  t.after(() => {
    follow.stop()
    page.hide(false)
  })
  void follow.start([], log)
  t.mock.timers.tick(6 * minutes)
  await line.answer('GET', /\/events/, log)
  t.mock.timers.tick(minutes)
  await settled()
  assert.equal(follow.link, 'paused')
  assert.deepEqual(line.waiting, [])
})

test('an app that was shown behind another page, and never looked at, is taken away after five minutes', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  page.hide(true)
  t.after(() => page.hide(false))
  const absence = new Absence(() => {})
  t.after(absence.watch())
  t.mock.timers.tick(6 * minutes)
  assert.equal(absence.long, true)
})

test('older versions that are asked for twice are shown once', async () => {
  const line = new SlowApi()
  const list = new Versions(line.api, id)
  void list.load()
  await line.answer('GET', /limit=50$/, { items: versions(4, 3), next: 'older' })
  void list.more()
  void list.more()
  await line.answer('GET', /after=older$/, { items: versions(2, 1), next: null })
  await line.answer('GET', /after=older$/, { items: versions(2, 1), next: null })
  assert.deepEqual(
    list.items.map(({ number }) => number),
    [4, 3, 2, 1],
  )
})

test('who writes in a field takes back words there, and not what was done before', () => {
  const commands = new Commands()
  const undo = {
    id: 'undo',
    title: () => 'Undo',
    group: 'do',
    keys: 'mod+z',
    notInFields: true,
    run: () => {},
  } as const
  const palette = { ...undo, id: 'palette', keys: 'mod+k', notInFields: false }
  commands.add([undo, palette])
  assert.deepEqual(commands.fromKeys(true), [palette])
  assert.deepEqual(commands.fromKeys(false), [undo, palette])
})

test('a list of commands that closes late leaves the one open that was opened from it', () => {
  const commands = new Commands()
  commands.list = 'keys'
  commands.closed('palette')
  assert.equal(commands.list, 'keys')
  commands.closed('keys')
  assert.equal(commands.list, null)
})
