import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startOf } from '../../sandbox/runner/app/processes.ts'
import { shorten } from '../../sandbox/tools/shorten.ts'
import { openStage, until } from './stage.ts'

const asRoot = process.getuid?.() === 0
const bash = (command: string, more = {}) => ({ tool: 'bash', input: { command, ...more } })
const write = (file_path: string, content = 'x') => ({ tool: 'write', input: { file_path, content } })
type Stage = Awaited<ReturnType<typeof openStage>>
/** What the tools said, without the frame in which the model is told it. */
const resultsOf = ({ plane }: Stage, asked = 1) =>
  (plane.seen.asked[asked]?.messages.at(-1)?.content ?? []).map((result) => ({
    ...result,
    content: String(result.content).replace(/^<data (\w+) from="tool">\n([^]*)\n<\/data \1>$/, '$2'),
  }))

test('paths outside of the project are refused, and the model is told', async (t) => {
  const paths = [
    '../out.txt',
    'src/../../out.txt',
    '/etc/everjust.txt',
    '.git/config',
    'node_modules/x.js',
    'src/node_modules/x',
    'lnk/out.txt',
    'dead',
    'mod/x.js',
    '/home/app/project',
  ]
  const stage = await openStage(t, [
    { calls: [bash('ln -s .. lnk; ln -s /nowhere/at/all dead; mkdir -p node_modules; ln -s node_modules mod')] },
    {
      calls: [
        ...paths.map((path) => write(path)),
        { tool: 'read', input: { file_path: '/etc/passwd' } },
        { tool: 'grep', input: { pattern: 'root', path: '/etc' } },
        { tool: 'glob', input: { pattern: '*', path: '..' } },
      ],
    },
    { calls: [write('inside.txt')] },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}))
  const results = resultsOf(stage, 2)
  assert.equal(results.length, paths.length + 3)
  for (const { content, is_error } of results) {
    assert.equal(is_error, true)
    assert.match(String(content), /is not allowed: use paths inside the project/)
  }
  assert.equal(existsSync(join(stage.root, 'home/app/out.txt')), false)
  assert.equal(stage.plane.fileOf(0, 'inside.txt'), 'x')
  assert.equal(
    stage.plane.versions[0]?.files.some(({ path }) => /lnk|dead|mod/.test(path)),
    false,
  )
})

test('absolute paths inside the project are fine', async (t) => {
  const stage = await openStage(t, [])
  stage.plane.replies.push({ calls: [write(join(stage.project, 'src/deep/one.txt'))] }, { text: 'Done.' })
  await stage.run(stage.jobOf({}))
  assert.equal(stage.plane.fileOf(0, 'src/deep/one.txt'), 'x')
})

test('files that are too large are refused, written or edited', async (t) => {
  const stage = await openStage(t, [
    {
      calls: [
        write('big.txt', 'x'.repeat(1024 * 1024 + 1)),
        write('fits.txt', 'y'.repeat(1024 * 1024)),
        { tool: 'edit', input: { file_path: 'fits.txt', old_string: 'y', new_string: 'yy', replace_all: true } },
      ],
    },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}))
  assert.deepEqual(
    resultsOf(stage).map(({ is_error }) => is_error === true),
    [true, false, true],
  )
  assert.equal(stage.plane.fileOf(0, 'fits.txt'), 'y'.repeat(1024 * 1024))
  assert.equal(stage.plane.fileOf(0, 'big.txt'), undefined)
})

test('a project past its limits is told to the model, and the last good files are kept', async (t) => {
  const stage = await openStage(t, [
    { calls: [write('one.txt')] },
    { calls: [bash('head -c 11000000 /dev/zero > large.bin')] },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}, 1, { steps: 3, seconds: 60, repairs: 0 }))
  assert.match(
    String(resultsOf(stage, 2)[0]?.content),
    /large\.bin is larger than 10 MB\. Remove what the app does not need\./,
  )
  const failures = stage.plane.seen.ends.map((end) => end['failure'])
  assert.deepEqual(failures, ['checks_failed'])
  assert.deepEqual([stage.plane.fileOf(0, 'one.txt'), stage.plane.fileOf(0, 'large.bin')], ['x', undefined])
})

test('a command that never ends is stopped, with what it started', async (t) => {
  const stage = await openStage(t, [
    { calls: [bash('sleep 1000 & echo $! > ../child; wait', { timeout_ms: 500 }), bash('echo alive')] },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}))
  const [stopped, next] = resultsOf(stage)
  assert.deepEqual([stopped?.is_error, String(stopped?.content)], [true, 'bash: bash command timed out after 500ms'])
  assert.equal(next?.content, 'alive')
  const child = readFileSync(join(stage.root, 'home/app/child'), 'utf8').trim()
  await until(() => startOf(Number(child)) === undefined)
})

test('a command that prints 100 MB reaches the model as 30 KB', async (t) => {
  const stage = await openStage(t, [
    { calls: [bash('head -c 100000000 /dev/zero | tr "\\0" x; echo; echo end')] },
    { text: 'Done.' },
  ])
  await stage.run(stage.jobOf({}))
  const content = String(resultsOf(stage)[0]?.content)
  assert.ok(content.length <= 30 * 1024, String(content.length))
  assert.match(content, /end$/)
  assert.equal(shorten('x'.repeat(90), 90).length, 90)
})

test(
  'generated code cannot find the token of its run',
  { skip: !asRoot && 'needs root to change users' },
  async (t) => {
    const stage = await openStage(t, [])
    const hunt = [
      'id -u',
      'for p in /proc/[0-9]*; do if tr "\\0" " " < $p/cmdline 2>/dev/null | grep -q "runner.js\\|live.js"; then cat $p/environ $p/mem $p/maps 2>&1 | head -c 300; kill -0 ${p#/proc/} 2>&1; ls -l $p/fd 2>&1 | head -2; fi; done',
      `cat ${stage.root}/run/everjust/* ${stage.root}/job* 2>&1`,
      'env',
      'grep -al run-token-that-nobody-may-read /proc/[0-9]*/environ /proc/[0-9]*/cmdline /tmp/* 2>/dev/null | grep -v "/$$/\\|self" ',
      'true',
    ]
    stage.plane.replies.push({ calls: [bash(hunt.join('\n'))] }, { text: 'Done.' })
    await stage.run(stage.jobOf({}))
    const found = String(resultsOf(stage)[0]?.content)
    assert.match(found, /^65534\n/)
    assert.match(found, /Permission denied/)
    assert.match(found, /Operation not permitted/)
    assert.match(found, /^CI=1$/m)
    assert.doesNotMatch(found, /secret-in-the-environment|Bearer/)
    assert.doesNotMatch(found, new RegExp(`^${stage.token}`, 'm'))
  },
)

test('the file with the job is gone as soon as it was read', async (t) => {
  const stage = await openStage(t, [{ text: 'Hello.' }])
  const { file, ended } = stage.start(stage.jobOf({}))
  await ended
  assert.equal(existsSync(file), false)
})

test(
  'tools ended by generated code come back for the next call',
  { skip: !asRoot && 'would end this test too' },
  async (t) => {
    const stage = await openStage(t, [])
    const own = `for p in $(grep -lz tools.js /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3); do grep -qz ${stage.root}/home /proc/$p/cmdline && [ $p != $$ ] && kill -9 $p; done`
    stage.plane.replies.push({ calls: [bash(own)] }, { calls: [write('one.txt')] }, { text: 'Done.' })
    const { code } = await stage.run(stage.jobOf({}))
    assert.equal(code, 0)
    assert.match(String(resultsOf(stage)[0]?.content), /ended from within the sandbox/)
    assert.equal(stage.plane.fileOf(0, 'one.txt'), 'x')
  },
)

test('a link in the place of a folder does not lead a sync outside', async (t) => {
  const stage = await openStage(t, [{ calls: [write('pages/one.html', '<p>one</p>')] }, { text: 'Done.' }])
  await stage.run(stage.jobOf({}))
  const [version] = stage.plane.versions
  assert.ok(version)
  const trap = await openStage(t, [
    { calls: [bash('mkdir ../elsewhere; ln -s ../elsewhere pages; mkfifo script.js.pipe')] },
    { text: 'Done.' },
  ])
  for (const [path, bytes] of stage.plane.objects) trap.plane.objects.set(path, bytes)
  await trap.run(trap.jobOf({}))
  const base = { versionId: version.id as `ver_${string}`, files: version.files }
  assert.deepEqual(await trap.run(trap.jobOf({ mode: 'sync', generation: null, base })), { code: 0, said: '' })
  assert.equal(readFileSync(join(trap.project, 'pages/one.html'), 'utf8'), '<p>one</p>')
  assert.equal(existsSync(join(trap.root, 'home/app/elsewhere/one.html')), false)
})
