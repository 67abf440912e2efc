import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStage, until } from './stage.ts'

interface Saved {
  history: { kind: string }[]
  checkpoint: { path: string; sha256: string }[] | null
}

test('the work goes on while what was done is stored, and what is stored never mixes two steps', async (t) => {
  const steps = Array.from({ length: 6 }, (_, at) => ({
    calls: [{ tool: 'bash', input: { command: `echo ${at + 1} > count.txt` } }],
  }))
  const stage = await openStage(t, [...steps, { text: 'Finished.' }])
  const { plane } = stage
  const stored = Promise.withResolvers<void>()
  plane.faults.storing = stored.promise
  const running = stage.start(stage.jobOf({}))
  await until(() => plane.seen.asked.length === 3)
  assert.deepEqual([plane.seen.uploads, plane.seen.transcripts], [[], []])
  // So much is lost at most when the runner is killed now: it goes no further ahead.
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.equal(plane.seen.asked.length, 3)
  stored.resolve()
  assert.deepEqual(await running.ended, { code: 0, said: '' })
  assert.equal(plane.fileOf(0, 'count.txt'), '6\n')
  const saved = plane.seen.transcripts.map((text) => JSON.parse(text) as Saved)
  assert.ok(saved.length > 2)
  for (const { history, checkpoint } of saved) {
    const done = history.filter(({ kind }) => kind === 'used').length
    const file = checkpoint?.find(({ path }) => path === 'count.txt')
    const text = file && plane.objects.get(`/objects/blobs/${file.sha256}`)?.toString()
    assert.equal(text, done === 0 ? undefined : `${done}\n`)
  }
  assert.equal(new Set(plane.seen.uploads).size, plane.seen.uploads.length)
})
