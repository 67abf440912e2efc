import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Recording } from '../../lib/contract/recording.ts'
import { treeText } from '../../lib/domain/recording.ts'
import { openStage, until } from './stage.ts'

const write = (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } })
const bash = (command: string) => ({ tool: 'bash', input: { command } })
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

type Stage = Awaited<ReturnType<typeof openStage>>

const recordingOf = ({ plane, generationId }: Stage) =>
  Recording.parse(JSON.parse(String(plane.objects.get(`/objects/recordings/${generationId}.json`))))
const textOf = ({ plane }: Stage, digest: string) => plane.objects.get(`/objects/recorded/${digest}`)?.toString()

test('a run is recorded: each call of a tool by its digests, the files after each step, and who asked for it', async (t) => {
  const stage = await openStage(t, [
    { text: 'First', calls: [write('one.txt', 'one\n'), bash('cat one.txt && echo two > two.txt')] },
    { calls: [bash('rm one.txt; false')] },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}))
  const { steps, closing, start, baseVersionId, template, tools } = recordingOf(stage)
  assert.equal(baseVersionId, null)
  assert.equal(template.tree, start)
  assert.match(tools, /^[0-9a-f]{64}$/)
  assert.deepEqual(
    steps.map((step) => [step.n, step.attempt, step.tools.map(({ name, ok, changed }) => [name, ok, changed])]),
    [
      [
        1,
        1,
        [
          ['write', true, 1],
          ['bash', true, 1],
        ],
      ],
      [2, 1, [['bash', false, 1]]],
    ],
  )
  const [first, second] = steps
  assert.equal(textOf(stage, first?.tools[0]?.input ?? ''), '{"content":"one\\n","file_path":"one.txt"}')
  assert.equal(textOf(stage, first?.tools[1]?.output ?? ''), 'one')
  assert.deepEqual(
    first?.changes.map(({ path, file }) => [path, file?.sha256]),
    [
      ['one.txt', sha('one\n')],
      ['two.txt', sha('two\n')],
    ],
  )
  assert.deepEqual(second?.changes, [{ path: 'one.txt', file: null }])
  assert.deepEqual(second?.drift, [])
  assert.equal(second?.tree, sha(treeText(stage.plane.versions[0]?.files ?? [])))
  assert.deepEqual([first?.calls.length, second?.calls.length, closing.length], [1, 1, 1])
})

test('a recording goes on with the run that was cut off, and says what happened once', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('one.txt', 'one\n')] },
    { calls: [bash('echo x >> log.txt; touch ../in-the-tool; [ -e ../second ] || sleep 30')] },
    { text: 'Finished.' },
  ])
  const home = join(stage.root, 'home/app')
  const first = stage.start(stage.jobOf({}))
  await until(() => existsSync(join(home, 'in-the-tool')))
  await until(() => stage.plane.objects.get(`/objects/transcripts/${stage.generationId}`)?.includes('in-the-tool'))
  first.child.kill('SIGKILL')
  await first.ended
  writeFileSync(join(home, 'second'), '')
  const job = stage.jobOf({}, 2)
  const ended = await stage.run(job)
  assert.deepEqual(ended, { code: 0, said: '' })
  const { steps } = recordingOf(stage)
  assert.deepEqual(
    steps.map(({ n, attempt, tools, changes }) => [n, attempt, tools.length, changes.map(({ path }) => path)]),
    [
      [1, 1, 1, ['one.txt']],
      [2, 2, 1, ['log.txt']],
    ],
  )
  const transcript = String(stage.plane.objects.get(`/objects/transcripts/${stage.generationId}`))
  const { seen } = JSON.parse(transcript) as { seen: { path: string }[] }
  assert.deepEqual(seen, [{ path: 'one.txt', sha256: sha('one\n') }])
})

test('a step that was not recorded any more is told by its files', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('one.txt', 'one\n')] },
    { calls: [write('two.txt', 'two\n')] },
    { calls: [write('three.txt', 'three\n')] },
    { text: 'Finished.' },
  ])
  const { plane, generationId } = stage
  await stage.run(stage.jobOf({}))
  // As if its runner had been killed in the second step, after the transcript was stored and before the recording was.
  const key = `/objects/transcripts/${generationId}`
  const saved = JSON.parse(String(plane.objects.get(key))) as { history: unknown[]; checkpoint: { path: string }[] }
  saved.history.splice(5)
  saved.checkpoint = saved.checkpoint.filter(({ path }) => path !== 'three.txt')
  plane.objects.set(key, Buffer.from(JSON.stringify(saved)))
  const recording = recordingOf(stage)
  const first = { ...recording, steps: recording.steps.slice(0, 1) }
  plane.objects.set(`/objects/recordings/${generationId}.json`, Buffer.from(JSON.stringify(first)))
  await stage.run(stage.jobOf({}))
  assert.deepEqual(
    recordingOf(stage).steps.map(({ n, drift, changes }) => [n, ...[drift, changes].map((all) => all[0]?.path)]),
    [
      [1, undefined, 'one.txt'],
      [3, 'two.txt', 'three.txt'],
    ],
  )
})
