import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replayed } from './replayed.ts'
import { openStage } from './stage.ts'

const page = '<!doctype html><html lang="en"><head><title>Tea</title></head><body><h1>Tea</h1></body></html>\n'
const locked = ['index.html', 'secret.txt']
const write = (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } })
const bash = (command: string) => ({ tool: 'bash', input: { command } })

test('what is locked stays as it is, whatever tools and commands do to it', async (t) => {
  const stage = await openStage(t, [
    {
      calls: [
        { tool: 'read', input: { file_path: 'index.html' } },
        write('index.html', page),
        write('./secret.txt', 'made up'),
        bash('rm index.html; echo x > secret.txt; echo mine > other.txt; echo done'),
        bash('ln -sf other.txt index.html'),
      ],
    },
    // What is left running writes when no tool looks.
    { calls: [bash('echo more >> index.html')] },
    { text: 'Done.' },
  ])
  const job = stage.jobOf({})
  assert.ok(job.generation)
  const { code, said } = await stage.run({ ...job, generation: { ...job.generation, locked } })
  assert.deepEqual([code, said], [0, ''])

  const { plane } = stage
  const ended = plane.seen.events.flatMap(({ data }) => {
    const progress = data['progress'] as { kind: string; tool: string; ok: boolean; output: string } | undefined
    return progress?.kind === 'tool_ended' ? [[progress.tool, progress.ok, progress.output]] : []
  })
  assert.deepEqual(ended.slice(1, 4), [
    ['write', false, 'index.html is locked by a person: it stays as it is.'],
    ['write', false, 'secret.txt is locked by a person: it stays as it is.'],
    ['bash', true, 'done\nLocked by a person, and put back as it was: index.html, secret.txt'],
  ])
  const changed = plane.seen.events.filter(({ type }) => type === 'file:changed').map(({ data }) => data['path'])
  assert.deepEqual(changed, ['other.txt'])
  const [version] = plane.versions
  assert.deepEqual(
    version?.files.map(({ path }) => path).filter((path) => [...locked, 'other.txt'].includes(path)),
    ['index.html', 'other.txt'],
  )
  assert.notEqual(plane.fileOf(0, 'index.html'), page)
  assert.match(plane.fileOf(0, 'index.html') ?? '', /<!doctype html>/i)
  assert.match(JSON.stringify(plane.seen.asked[0]?.messages), /locked by a person[^]*index\.html[^]*secret\.txt/)
})

test('a run whose files were locked is made again to the byte', async (t) => {
  const stage = await openStage(t, [
    { calls: [bash('echo mine > other.txt; echo no >> index.html'), write('index.html', page)] },
    { calls: [bash('echo secret > secret.txt; cat index.html >> other.txt')] },
    { text: 'Done.' },
  ])
  const job = stage.jobOf({})
  assert.ok(job.generation)
  await stage.run({ ...job, generation: { ...job.generation, locked } })
  const steps = await replayed(t, stage)
  assert.deepEqual(
    steps.map(({ n, tree, calls }) => [n, tree, ...calls.map(({ name, said }) => `${name} ${said}`)]),
    [
      [0, 'same'],
      [1, 'same', 'bash same', 'write same'],
      [2, 'same', 'bash same'],
    ],
  )
})
