import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStage } from './stage.ts'

const page =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tea</title></head><body><h1>Tea</h1></body></html>\n'

test('a run builds the app, saves it as a version, and reports all of it', async (t) => {
  const stage = await openStage(t, [
    {
      text: 'I write the page.',
      calls: [
        { tool: 'write', input: { file_path: 'index.html', content: page } },
        { tool: 'bash', input: { command: 'echo one > notes.txt; echo done' } },
      ],
    },
    { text: 'A page about tea.' },
  ])
  const { code, said } = await stage.run(stage.jobOf({}))
  assert.equal(said, '')
  assert.equal(code, 0)
  const { plane, generationId } = stage
  const [version] = plane.versions
  assert.deepEqual(plane.seen.ends, [
    {
      outcome: 'succeeded',
      failure: null,
      answer: 'A page about tea.',
      versionId: version?.id,
      attempt: 1,
      question: null,
      diagnosis: null,
      memory: null,
    },
  ])
  assert.equal(version?.parentId, null)
  assert.equal(version?.message, 'a page about tea')
  assert.equal(plane.fileOf(0, 'index.html'), page)
  assert.equal(plane.fileOf(0, 'notes.txt'), 'one\n')

  const numbers = plane.seen.events.map(({ run }) => run?.n)
  // What the control plane says of cost itself is only shown, and has a number too.
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].toSorted((a, b) => (a ?? 0) - (b ?? 0)),
  )
  assert.equal(numbers[0], 1)
  const changed = plane.seen.events.filter(({ type }) => type === 'file:changed').map(({ data }) => data)
  assert.deepEqual(
    changed.map(({ path, change }) => [path, change]),
    [
      ['index.html', 'modified'],
      ['notes.txt', 'added'],
    ],
  )
  assert.deepEqual(changed[1], { generationId, path: 'notes.txt', change: 'added', added: 1, removed: 0 })
  const checks = plane.seen.events
    .filter(({ type }) => type === 'check:result')
    .map(({ data }) => [data['check'], data['ok']])
  assert.deepEqual(checks.toSorted(), [
    ['build', true],
    ['dev-server', true],
    ['typecheck', true],
  ])
  const tools = plane.seen.events.flatMap(({ data }) => {
    const progress = data['progress'] as Record<string, unknown> | undefined
    return progress?.['kind'] === 'tool_ended'
      ? [[progress['tool'], progress['target'], progress['ok'], progress['output']]]
      : []
  })
  assert.deepEqual(tools, [
    ['write', 'index.html', true, ''],
    ['bash', 'echo one > notes.txt; echo done', true, 'done'],
  ])

  const [first, second] = plane.seen.asked
  assert.match(first?.system[0]?.text ?? '', /Project root: .*\/home\/app\/project\nTemplate: static/)
  assert.equal(first?.thread, undefined)
  assert.equal(first?.thinking, undefined)
  assert.match(String(second?.messages.at(-1)?.content[1]?.content), /^<data (\w+) from="tool">\ndone\n<\/data \1>$/)
  const preview = await fetch(`http://127.0.0.1:${stage.ports.preview}/`)
  assert.match(await preview.text(), /<h1[^>]*>Tea<\/h1>/)
  assert.equal((await fetch(`http://127.0.0.1:${stage.ports.live}/healthz`)).status, 200)
  const kept = readFileSync(join(stage.root, 'run/everjust/runs', `${generationId}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => !line.includes('"cost:updated"'))
  assert.equal(kept.length, numbers.length)
  if (process.getuid?.() === 0) assert.equal(statSync(join(stage.project, 'notes.txt')).uid, 65534)
})

test('a sync brings the files to a version, shows them, and ends', async (t) => {
  const stage = await openStage(t, [
    {
      calls: [
        { tool: 'write', input: { file_path: 'index.html', content: page } },
        { tool: 'bash', input: { command: 'rm style.css; ln -s /etc/passwd leak' } },
      ],
    },
  ])
  await stage.run(stage.jobOf({}))
  const [version] = stage.plane.versions
  assert.ok(version)
  assert.equal(
    version.files.some(({ path }) => path === 'style.css' || path === 'leak'),
    false,
  )
  const next = await openStage(t, [])
  for (const [path, bytes] of stage.plane.objects) next.plane.objects.set(path, bytes)
  const base = { versionId: version.id as `ver_${string}`, files: version.files }
  const job = next.jobOf({ mode: 'sync', generation: null, base })
  assert.deepEqual(await next.run(job), { code: 0, said: '' })
  assert.equal(readFileSync(join(next.project, 'index.html'), 'utf8'), page)
  assert.equal(existsSync(join(next.project, 'style.css')), false)
  assert.match(await (await fetch(`http://127.0.0.1:${next.ports.preview}/`)).text(), /<h1[^>]*>Tea<\/h1>/)
  assert.deepEqual(next.plane.seen.ends, [])
})

test('a download that is not what its digest says is not shown', async (t) => {
  const stage = await openStage(t, [{ calls: [{ tool: 'write', input: { file_path: 'index.html', content: page } }] }])
  await stage.run(stage.jobOf({}))
  const [version] = stage.plane.versions
  assert.ok(version)
  const next = await openStage(t, [])
  for (const [path, bytes] of stage.plane.objects) next.plane.objects.set(path, bytes)
  next.plane.faults.corrupt = true
  const base = { versionId: version.id as `ver_${string}`, files: version.files }
  const { code, said } = await next.run(next.jobOf({ mode: 'sync', generation: null, base }))
  assert.equal(code, 1)
  assert.equal(said, 'The stored content of index.html is not what its digest says.\n')
})
