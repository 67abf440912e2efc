import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openWorld } from '../world.ts'
import { entry, save, sha256, upload } from '../world/files.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')

async function project(): Promise<string> {
  const { body } = await ada.post('/projects', { name: 'Project' })
  return body.id as string
}

test('a version is announced, uploaded, committed, listed and read back', async () => {
  const id = await project()
  const first = await save(ada, id, {
    parentId: null,
    contents: { 'index.html': '<h1>Hi</h1>', 'src/a.ts': 'let a\n' },
  })
  assert.deepEqual(
    [first.number, first.source, first.parentId, first.fileCount, first.totalBytes, first.generationId],
    [1, 'edit', null, 2, 17, null],
  )
  assert.equal((await ada.get(`/projects/${id}`)).body.currentVersionId, first.id)
  const listed = await ada.get(`/projects/${id}/versions`)
  assert.deepEqual(listed.body, { items: [first], next: null })
  const files = await ada.get(`/projects/${id}/versions/${first.id}/files`)
  assert.deepEqual(files.body, {
    items: [entry('index.html', '<h1>Hi</h1>'), entry('src/a.ts', 'let a\n')],
    next: null,
  })
  const page = await ada.get(`/projects/${id}/versions/${first.id}/files?limit=1`)
  assert.deepEqual([page.body.items.length, page.body.next], [1, 'index.html'])
  const rest = await ada.get(`/projects/${id}/versions/${first.id}/files?limit=1&after=${page.body.next}`)
  assert.deepEqual([rest.body.items[0].path, rest.body.next], ['src/a.ts', null])
})

test('a file is read by a redirect; source is plain text, and what could run is saved instead of opened', async () => {
  const id = await project()
  const { id: version } = await save(ada, id, {
    parentId: null,
    contents: { 'index.html': '<script>1</script>', 'src/a b.ts': 'let a\n', 'logo.svg': '<svg/>' },
  })
  const source = await ada.get(`/projects/${id}/versions/${version}/files/src/a%20b.ts`)
  assert.equal(source.status, 302)
  const read = await fetch(source.headers['location'] ?? '')
  assert.equal(read.headers.get('content-type'), 'text/plain; charset=utf-8')
  assert.equal(await read.text(), 'let a\n')
  for (const path of ['index.html', 'logo.svg']) {
    const { headers } = await ada.get(`/projects/${id}/versions/${version}/files/${path}`)
    const answer = await fetch(headers['location'] ?? '')
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename*=UTF-8''${path}`)
    await answer.body?.cancel()
  }
  assert.equal((await ada.get(`/projects/${id}/versions/${version}/files/src/none.ts`)).status, 404)
})

test('only what is missing is uploaded, and only contents of this project are read', async () => {
  const id = await project()
  const other = await project()
  await save(ada, id, { parentId: null, contents: { a: 'one' } })
  const again = await ada.post(`/projects/${id}/versions/batch`, { files: [entry('b', 'one'), entry('c', 'two')] })
  assert.deepEqual(
    again.body.uploads.map((each: { sha256: string }) => each.sha256),
    [sha256('two')],
  )
  const download = await ada.post(`/projects/${id}/versions/downloads`, { sha256: [sha256('one')] })
  assert.equal(await (await fetch(download.body.downloads[0].url)).text(), 'one')
  const foreign = await ada.post(`/projects/${other}/versions/downloads`, { sha256: [sha256('one')] })
  assert.equal(foreign.status, 404)
})

test('storage refuses an upload of other bytes than were announced', async () => {
  const id = await project()
  const { body } = await ada.post(`/projects/${id}/versions/batch`, { files: [entry('a', 'right')] })
  const [{ url, headers }] = body.uploads
  const wrong = await fetch(url, { method: 'PUT', headers, body: 'wrong' })
  assert.equal(wrong.status, 400)
  const lying = await fetch(url, {
    method: 'PUT',
    headers: { 'x-amz-content-sha256': sha256('wrong') },
    body: 'wrong',
  })
  assert.equal(lying.status, 403)
})

test('a version whose content is missing, of another size or of another digest is refused', async () => {
  const id = await project()
  const commit = (files: unknown) => ada.post(`/projects/${id}/versions`, { parentId: null, message: 'x', files })
  const missing = await commit([entry('a', 'never uploaded')])
  assert.deepEqual([missing.status, missing.body.code], [422, 'digest_mismatch'])
  const [file] = await upload(ada, id, { a: 'content' })
  assert.ok(file)
  assert.equal((await commit([{ ...file, size: 6 }])).status, 422)
  await world.context.objects.put(`projects/${id}/blobs/${file.sha256}`, 'changed', 'text/plain')
  assert.equal((await commit([file])).status, 422)
  assert.equal((await ada.get(`/projects/${id}/versions`)).body.items.length, 0)
})

test('of two savers on one parent one wins, and the other is told that it is outdated', async () => {
  const id = await project()
  const base = await save(ada, id, { parentId: null, contents: { a: '0' } })
  const files = await Promise.all(['1', '2', '3', '4'].map((content) => upload(ada, id, { a: content })))
  const answers = await Promise.all(
    files.map((each) => ada.post(`/projects/${id}/versions`, { parentId: base.id, message: 'x', files: each })),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
  assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'version_outdated'))
  assert.equal((await ada.get(`/projects/${id}/versions`)).body.items.length, 2)
})

test('the same commit again is answered with the version it made', async () => {
  const id = await project()
  const files = await upload(ada, id, { a: 'x' })
  const asking = { parentId: null, message: 'x', files }
  const answers = await Promise.all(Array.from({ length: 5 }, () => ada.post(`/projects/${id}/versions`, asking)))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  assert.equal((await ada.get(`/projects/${id}/versions`)).body.items.length, 1)
})

test('paths that leave the project, hide a folder or stand twice are refused', async () => {
  const id = await project()
  const [file] = await upload(ada, id, { a: 'x' })
  const commit = (...paths: string[]) =>
    ada.post(`/projects/${id}/versions`, {
      parentId: null,
      message: 'x',
      files: paths.map((path) => ({ ...file, path })),
    })
  for (const path of [
    '../a',
    '/etc/passwd',
    'a/../../b',
    'a//b',
    '.git/config',
    'node_modules/x',
    'a\u0000b',
    'a\\b',
    '',
  ]) {
    assert.equal((await commit(path)).status, 400, path)
  }
  assert.equal((await commit('a', 'a')).status, 400)
  assert.equal((await commit('a', 'a/b')).status, 400)
})

test('restore makes a new version of the old files and keeps all others', async () => {
  const id = await project()
  const one = await save(ada, id, { parentId: null, contents: { a: '1' } })
  const two = await save(ada, id, { parentId: one.id, contents: { a: '2', b: '2' } })
  const restored = await ada.post(`/projects/${id}/versions/${one.id}/restore`)
  assert.equal(restored.status, 201)
  assert.deepEqual(
    [restored.body.number, restored.body.source, restored.body.parentId, restored.body.restoredFrom],
    [3, 'restore', two.id, one.id],
  )
  const files = await ada.get(`/projects/${id}/versions/${restored.body.id}/files`)
  assert.deepEqual(files.body.items, [entry('a', '1')])
  assert.deepEqual(
    (await ada.get(`/projects/${id}/versions`)).body.items.map((each: { number: number }) => each.number),
    [3, 2, 1],
  )
  const events = await ada.get(`/projects/${id}/events`)
  assert.deepEqual(
    events.body.events.map((each: { type: string; data: { number: number } }) => [each.type, each.data.number]),
    [
      ['version:created', 1],
      ['version:created', 2],
      ['version:created', 3],
    ],
  )
})

test('the same restore again is answered with the version it made', async () => {
  const id = await project()
  const one = await save(ada, id, { parentId: null, contents: { a: '1' } })
  await save(ada, id, { parentId: one.id, contents: { a: '2' } })
  const answers = [await ada.post(`/projects/${id}/versions/${one.id}/restore`)]
  answers.push(await ada.post(`/projects/${id}/versions/${one.id}/restore`))
  assert.deepEqual(answers[0]?.body, answers[1]?.body)
  assert.equal((await ada.get(`/projects/${id}/versions`)).body.items.length, 3)
})

test('restores and saves at once take turns: no restore is refused, and each keeps what came before it', async () => {
  const id = await project()
  const one = await save(ada, id, { parentId: null, contents: { a: '1' } })
  const two = await save(ada, id, { parentId: one.id, contents: { a: '2' } })
  await save(ada, id, { parentId: two.id, contents: { a: '3' } })
  const restored = await Promise.all(
    [one, two, one, two].map((old) => ada.post(`/projects/${id}/versions/${old.id}/restore`)),
  )
  assert.deepEqual(new Set(restored.map(({ status }) => status)), new Set([201]))
  const { items } = (await ada.get(`/projects/${id}/versions`)).body
  const chain = items.map((each: { id: string; parentId: string | null }, at: number) => [
    each.parentId,
    items[at + 1]?.id ?? null,
  ])
  assert.ok(chain.every(([parent, before]: [string | null, string | null]) => parent === before))
})

test('a restore brings a running sandbox to the restored version', async () => {
  const id = await project()
  const one = await save(ada, id, { parentId: null, contents: { a: '1' } })
  await world.sql`insert into everjust.sandboxes (project_id, state) values (${id}, 'started')`
  await ada.post(`/projects/${id}/versions/${one.id}/restore`)
  assert.equal(world.wakes.at(-1)?.kind, 'open-sandbox')
})

test('two versions are compared file by file and line by line', async () => {
  const id = await project()
  const one = await save(ada, id, {
    parentId: null,
    contents: { 'same.txt': 's', 'old.txt': 'gone\n', 'text.txt': 'a\nb\n', 'bytes.bin': Buffer.from([0, 1, 2]) },
  })
  const two = await save(ada, id, {
    parentId: one.id,
    contents: { 'same.txt': 's', 'new.txt': 'new\n', 'text.txt': 'a\nB\n', 'bytes.bin': Buffer.from([0, 1, 3]) },
  })
  const { status, body } = await ada.get(`/projects/${id}/versions/${one.id}/diff/${two.id}`)
  assert.equal(status, 200)
  assert.deepEqual(body.files, [
    { path: 'bytes.bin', change: 'modified', hunks: null },
    {
      path: 'new.txt',
      change: 'added',
      hunks: [{ oldStart: 1, newStart: 1, lines: [{ kind: 'added', text: 'new' }] }],
    },
    {
      path: 'old.txt',
      change: 'removed',
      hunks: [{ oldStart: 1, newStart: 1, lines: [{ kind: 'removed', text: 'gone' }] }],
    },
    {
      path: 'text.txt',
      change: 'modified',
      hunks: [
        {
          oldStart: 1,
          newStart: 1,
          lines: [
            { kind: 'same', text: 'a' },
            { kind: 'removed', text: 'b' },
            { kind: 'added', text: 'B' },
          ],
        },
      ],
    },
  ])
})

test('a sync run reads what it needs but commits nothing', async () => {
  const id = await project()
  await save(ada, id, { parentId: null, contents: { a: '1' } })
  const run = await world.asRun({ projectId: id as `prj_${string}`, generationId: null, attempt: 1 })
  assert.equal((await run.post(`/projects/${id}/versions/downloads`, { sha256: [sha256('1')] })).status, 200)
  const files = await upload(run, id, { a: '2' })
  const { body: project_ } = await ada.get(`/projects/${id}`)
  const refused = await run.post(`/projects/${id}/versions`, {
    parentId: project_.currentVersionId,
    message: 'x',
    files,
  })
  assert.deepEqual([refused.status, refused.body.code], [409, 'run_over'])
  assert.equal((await ada.get(`/projects/${id}`)).body.currentVersionId, project_.currentVersionId)
})

test('a run reads what it stored before any version knows of it; a person does not', async () => {
  const id = await project()
  const run = await world.asRun({ projectId: id as `prj_${string}`, generationId: null, attempt: 2 })
  await upload(run, id, { a: 'checkpoint' })
  const wanted = { sha256: [sha256('checkpoint')] }
  const { status, body } = await run.post(`/projects/${id}/versions/downloads`, wanted)
  assert.equal(status, 200)
  assert.equal(await (await fetch(body.downloads[0].url)).text(), 'checkpoint')
  assert.equal((await ada.post(`/projects/${id}/versions/downloads`, wanted)).status, 404)
})

test('nothing is left behind but a sandbox to open', () => world.settled({ jobs: ['open-sandbox'] }))
