import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import type { FileEntry, ProjectId, VersionId } from '../../web/src/lib/contract.ts'
import { entry } from '../world/files.ts'
import './runes.ts'

const { Api } = await import('../../web/src/lib/api.ts')
const { Contents } = await import('../../web/src/lib/code/contents.ts')
const { Draft } = await import('../../web/src/lib/code/draft/draft.svelte.ts')
const { Versions } = await import('../../web/src/lib/versions/versions.svelte.ts')

const fetched = globalThis.fetch
afterEach(() => {
  globalThis.fetch = fetched
})

type Texts = Record<string, string>
const v = (number: number) => `v${number}` as VersionId
const filesOf = (texts: Texts): FileEntry[] => Object.entries(texts).map(([path, text]) => entry(path, text))

/** A project with these versions behind an API that answers as the real one does, and a draft on its first. */
async function openDraft(...versions: Texts[]) {
  globalThis.fetch = async (input, ask) => {
    const { pathname } = new URL(String(input), 'https://everjust.test')
    const [, number = '', path] = /\/versions\/v(\d)\/files(?:\/(.+))?$/.exec(pathname) ?? []
    const texts = versions[Number(number) - 1] ?? {}
    if (path) return new Response(texts[decodeURIComponent(path)])
    if (number) return Response.json({ items: filesOf(texts), next: null })
    if (ask?.method === 'POST' && pathname.endsWith('/uploads')) return Response.json({ uploads: [] })
    if (ask?.method === 'POST') {
      const { files } = JSON.parse(String(ask.body)) as { files: FileEntry[] }
      const known = Object.assign({}, ...versions) as Texts
      versions.push(Object.fromEntries(files.map(({ path: at }) => [at, known[at] ?? ''])))
      return Response.json({ id: v(versions.length), number: versions.length })
    }
    return Response.json({ items: [{ id: v(versions.length) }], next: null })
  }
  const api = new Api()
  const project = 'p' as ProjectId
  const stored = new Versions(api, project)
  const draft = new Draft({ api, project, place: 'p:ada', versions: stored, contents: new Contents(stored) })
  await draft.follow(v(1))
  return draft
}

const textAt = (draft: InstanceType<typeof Draft>, path: string) => {
  const now = draft.find(path)?.now
  return now && 'text' in now ? now.text : now
}

test('a deletion that is taken back leaves alone what was typed elsewhere since', async () => {
  const draft = await openDraft({ x: 'x', y: 'y' })
  const undo = draft.reversibly(() => draft.remove('x'))
  draft.write('y', 'typed since', 'y')
  await undo()
  assert.equal(draft.find('x'), undefined)
  assert.equal(textAt(draft, 'y'), 'typed since')
})

test('a deletion that was saved is taken back as a file that waits to be saved', async () => {
  const draft = await openDraft({ x: 'what it said', y: 'y' })
  const undo = draft.reversibly(() => draft.remove('x'))
  assert.ok(await draft.save())
  assert.equal(draft.file('x'), undefined)
  await undo()
  assert.deepEqual([draft.base?.versionId, draft.find('x')?.base, textAt(draft, 'x')], ['v2', null, 'what it said'])
})

test('one that is taken back while it is saved comes after it', async () => {
  const draft = await openDraft({ x: 'what it said', y: 'y' })
  const undo = draft.reversibly(() => draft.remove('x'))
  await Promise.all([draft.save(), undo()])
  assert.equal(textAt(draft, 'x'), 'what it said')
})

test('what was discarded goes on from a version that came since, with a conflict where both changed a line', async () => {
  const draft = await openDraft({ x: 'a\nb\nc\n', y: '1\n' }, { x: 'A\nb\nc\n', y: '3\n' })
  draft.write('x', 'a\nb\nC\n', 'a\nb\nc\n')
  draft.write('y', '2\n', '1\n')
  const undo = draft.reversibly(() => draft.discardAll())
  await draft.follow(v(2))
  await undo()
  assert.equal(textAt(draft, 'x'), 'A\nb\nC\n')
  assert.deepEqual(
    draft.conflicts.map(({ path }) => path),
    ['y'],
  )
})

test('a merge half done is kept in the draft, with its conflict, and not once it is settled', async () => {
  const draft = await openDraft({ y: '1\n' }, { y: '3\n' })
  draft.write('y', '2\n', '1\n')
  await draft.follow(v(2))
  draft.merge('y', '2 and 3')
  assert.equal(draft.conflicts.length, 1)
  assert.equal(textAt(draft, 'y'), '2 and 3')
  draft.settle('y', 'theirs')
  draft.merge('y', 'too late')
  assert.deepEqual(draft.edits, [])
})
