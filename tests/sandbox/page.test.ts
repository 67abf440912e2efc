import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStage, until } from './stage.ts'

const write = (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } })
const pageWith = (body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tea</title></head><body>${body}</body></html>\n`
const script = '<script type="module" src="script.js"></script>'
type Stage = Awaited<ReturnType<typeof openStage>>

const checksOf = ({ plane }: Stage) =>
  plane.seen.events
    .filter(({ type, data }) => type === 'check:result' && ['page', 'console'].includes(String(data['check'])))
    .map(({ data }) => [data['check'], data['ok'], data['output']])

test('a version that shows its page without an error is green, and has its picture', async (t) => {
  const replies = [{ calls: [write('index.html', pageWith('<h1>Tea</h1>'))] }, { text: 'A page about tea.' }]
  const stage = await openStage(t, replies, { browser: true })
  assert.deepEqual(await stage.run(stage.jobOf({})), { code: 0, said: '' })
  assert.deepEqual(checksOf(stage), [
    ['page', true, ''],
    ['console', true, ''],
  ])
  const checked = stage.plane.versions[0]?.checked
  assert.equal(checked?.green, true)
  const picture = stage.plane.objects.get(`/objects/blobs/${checked.picture}`)
  assert.equal(picture?.toString('latin1', 8, 12), 'WEBP')
  assert.ok(picture.length < 60 * 1024)
  await until(() => stage.find('chromium').length === 0)
})

test('an error in the console is told to the model with its place, and mended it is green', async (t) => {
  const stage = await openStage(
    t,
    [
      { calls: [write('index.html', pageWith(`<h1>Tea</h1>${script}`)), write('script.js', 'brew()\n')] },
      { text: 'Here.' },
      { calls: [write('script.js', 'export const tea = 1\n')] },
      { text: 'Mended.' },
    ],
    { browser: true },
  )
  await stage.run(stage.jobOf({}))
  assert.deepEqual(checksOf(stage), [
    ['page', true, ''],
    ['console', false, 'Uncaught ReferenceError: brew is not defined at script.js:1'],
    ['page', true, ''],
    ['console', true, ''],
  ])
  assert.equal(stage.plane.versions[0]?.checked?.green, true)
  assert.match(stage.plane.seen.asked[2]?.messages.at(-1)?.content[0]?.text ?? '', /console:\nUncaught ReferenceError/)
})

test('the same failure after its repair ends the run with its diagnosis, and the version is not green', async (t) => {
  const broken = (line: number) => `${'\n'.repeat(line)}brew()\n`
  const stage = await openStage(
    t,
    [
      { calls: [write('index.html', pageWith(`<h1>Tea</h1>${script}`)), write('script.js', broken(0))] },
      { text: 'Here.' },
      { calls: [write('script.js', broken(4))] },
      { text: 'Mended, I think.' },
      { text: 'Never asked.' },
    ],
    { browser: true },
  )
  await stage.run(stage.jobOf({}))
  const [version] = stage.plane.versions
  assert.equal(version?.checked?.green, false)
  assert.deepEqual(
    stage.plane.seen.ends.map(({ outcome, failure, diagnosis, versionId }) => ({
      outcome,
      failure,
      diagnosis,
      versionId,
    })),
    [
      {
        outcome: 'failed',
        failure: 'same_error',
        diagnosis: {
          check: 'console',
          message: 'Uncaught ReferenceError: brew is not defined at script.js:5',
          tries: 1,
        },
        versionId: version.id,
      },
    ],
  )
  assert.equal(stage.plane.seen.asked.length, 4)
})

test('a page on which nothing is to be seen, or that never comes to rest, fails its check', async (t) => {
  for (const [body, said] of [
    ['<div id="root"></div>', 'The page is blank: nothing is to be seen at /.'],
    ['<h1>Tea</h1><script>for (;;);</script>', 'The page does not answer for 12 s: its own code keeps it busy.'],
  ] as const) {
    const replies = [{ calls: [write('index.html', pageWith(body))] }, { text: 'Here.' }]
    const stage = await openStage(t, replies, { browser: true })
    await stage.run(stage.jobOf({}, 1, { steps: 2, seconds: 60, repairs: 3 }))
    assert.deepEqual(checksOf(stage)[0], ['page', false, said])
    assert.equal(stage.plane.versions[0]?.checked?.green, false)
    await until(() => stage.find('chromium').length === 0)
  }
})

test('where there is no browser nobody says whether a version is green, and one line says why', async (t) => {
  const stage = await openStage(t, [{ calls: [write('index.html', pageWith('<h1>Tea</h1>'))] }, { text: 'Here.' }])
  await stage.run(stage.jobOf({}))
  assert.deepEqual(checksOf(stage), [])
  assert.equal(stage.plane.versions[0]?.checked, undefined)
  const lines = stage.plane.seen.events.filter(({ type }) => type === 'sandbox:logs').map(({ data }) => data['line'])
  assert.ok(lines.includes('No browser looked at the page here, so nobody knows whether this version is green.'))
})
