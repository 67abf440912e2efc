import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DaytonaTimeoutError, type Sandbox } from '@daytonaio/sdk'
import { until } from '../../world/until.ts'
import { openWorld, type World } from './world.ts'

let world: World
let box: Sandbox
before(async () => {
  world = await openWorld()
  box = await world.client.create({ autoStopInterval: 0 })
})
after(() => world.end())

test('a command answers with its exit code and all it wrote', async () => {
  const { exitCode, result } = await box.process.executeCommand('echo out; echo err >&2; exit 3')
  assert.deepEqual([exitCode, result], [3, 'out\nerr\n'])
})

test('a command runs in the folder and with the variables given', async () => {
  const { result } = await box.process.executeCommand('pwd; echo $WHO', '/tmp', { WHO: 'me' })
  assert.equal(result, '/tmp\nme\n')
})

test('a command that takes too long is ended with all it started', async () => {
  await assert.rejects(
    box.process.executeCommand('sleep 777 & sleep 778', undefined, undefined, 1),
    DaytonaTimeoutError,
  )
  const left = await box.process.executeCommand('ps ax -o args | grep -c "^sleep 77"')
  assert.equal(left.result, '0\n')
})

test('a command that leaves a program behind answers at once', async () => {
  const started = performance.now()
  assert.equal((await box.process.executeCommand('sleep 60 & echo done')).result, 'done\n')
  assert.ok(performance.now() - started < 30_000)
})

test('code runs in the language of the sandbox', async () => {
  const typed = await world.client.create({ language: 'typescript' })
  const { result } = await typed.process.codeRun('const n: number = 20 + 1; console.log(n * 2)')
  assert.equal(result, '42\n')
  await typed.delete()
})

test('variables can be set for later commands', async () => {
  await box.updateEnv({ LATER: 'yes' })
  assert.equal((await box.process.executeCommand('echo $LATER')).result, 'yes\n')
  await box.updateEnv({}, { unset: ['LATER'] })
  assert.equal((await box.process.executeCommand('echo "$LATER"')).result, '\n')
})

test('a session keeps its folder and variables from command to command', async () => {
  await box.process.createSession('keeps')
  await box.process.executeSessionCommand('keeps', { command: 'mkdir -p deep && cd deep && WORD="it\'s \\$5"' })
  const next = await box.process.executeSessionCommand('keeps', {
    command: 'pwd; echo "$WORD"; echo bad >&2; (exit 4)',
  })
  assert.deepEqual([next.exitCode, next.stdout, next.stderr], [4, "/home/app/deep\nit's $5\n", 'bad\n'])
})

test('an async command can be watched while it runs and asked for its end', async () => {
  await box.process.createSession('async')
  const { cmdId } = await box.process.executeSessionCommand('async', {
    command: 'for i in 1 2 3; do echo line $i; echo err $i >&2; sleep 0.1; done; (exit 7)',
    runAsync: true,
  })
  assert.equal((await box.process.getSessionCommand('async', cmdId)).exitCode, undefined)
  let out = ''
  let err = ''
  await box.process.getSessionCommandLogs(
    'async',
    cmdId,
    (text) => (out += text),
    (text) => (err += text),
  )
  assert.deepEqual([out, err], ['line 1\nline 2\nline 3\n', 'err 1\nerr 2\nerr 3\n'])
  assert.equal((await box.process.getSessionCommand('async', cmdId)).exitCode, 7)
  const logs = await box.process.getSessionCommandLogs('async', cmdId)
  assert.deepEqual([logs.stdout, logs.stderr], ['line 1\nline 2\nline 3\n', 'err 1\nerr 2\nerr 3\n'])
})

test('commands of one session run one after the other', async () => {
  await box.process.createSession('serial')
  const first = await box.process.executeSessionCommand('serial', {
    command: 'sleep 0.3; echo 1 >> order',
    runAsync: true,
  })
  const second = await box.process.executeSessionCommand('serial', { command: 'echo 2 >> order; cat order' })
  assert.equal(second.stdout, '1\n2\n')
  assert.equal((await box.process.getSessionCommand('serial', first.cmdId)).exitCode, 0)
})

test('a large log is followed whole, in frames that clients can take', async () => {
  await box.process.createSession('large')
  const { cmdId } = await box.process.executeSessionCommand('large', { command: 'seq 1 400000', runAsync: true })
  let out = ''
  await box.process.getSessionCommandLogs(
    'large',
    cmdId,
    (text) => (out += text),
    () => undefined,
  )
  assert.equal(out.length, 2_688_895)
  assert.ok(out.endsWith('399999\n400000\n'))
})

test('a running command can be typed to', async () => {
  await box.process.createSession('typed')
  const { cmdId } = await box.process.executeSessionCommand('typed', {
    command: 'read line; echo "got $line"',
    runAsync: true,
  })
  await box.process.sendSessionCommandInput('typed', cmdId, 'hello\n')
  const done = await until(
    () => box.process.getSessionCommand('typed', cmdId),
    ({ exitCode }) => exitCode !== undefined,
  )
  assert.equal(done.exitCode, 0)
  assert.equal((await box.process.getSessionCommandLogs('typed', cmdId)).stdout, 'got hello\n')
})

test('a command may end its session, and nothing waits for ever', async () => {
  await box.process.createSession('ends')
  const { cmdId } = await box.process.executeSessionCommand('ends', { command: 'echo bye; exit 9', runAsync: true })
  await box.process.getSessionCommandLogs(
    'ends',
    cmdId,
    () => undefined,
    () => undefined,
  )
  assert.equal((await box.process.getSessionCommand('ends', cmdId)).exitCode, 9)
  await assert.rejects(box.process.executeSessionCommand('ends', { command: 'true' }), { statusCode: 410 })
})

test('sessions are listed, are unique, and end with all they started', async () => {
  await box.process.createSession('dev')
  await assert.rejects(box.process.createSession('dev'), { statusCode: 409 })
  await box.process.executeSessionCommand('dev', { command: 'sleep 901', runAsync: true })
  assert.deepEqual(
    (await box.process.getSession('dev')).commands.map(({ command }) => command),
    ['sleep 901'],
  )
  assert.ok((await box.process.listSessions()).some(({ sessionId }) => sessionId === 'dev'))
  await box.process.deleteSession('dev')
  await assert.rejects(box.process.getSession('dev'), { statusCode: 404 })
  const left = await box.process.executeCommand('ps ax -o args | grep -c "^sleep 901"')
  assert.equal(left.result, '0\n')
})

test('when a session was deleted, nothing of it runs, however stubborn', async () => {
  await box.process.createSession('stubborn')
  const { cmdId } = await box.process.executeSessionCommand('stubborn', {
    command: `node -e "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)" stubborn-902`,
    runAsync: true,
  })
  const count = () => box.process.executeCommand('ps ax -o args | grep -c "[s]tubborn-902$"')
  await until(
    () => box.process.getSessionCommandLogs('stubborn', cmdId),
    ({ stdout }) => stdout === 'deaf\n',
  )
  assert.equal((await count()).result, '1\n')
  await box.process.deleteSession('stubborn')
  assert.equal((await count()).result, '0\n')
})

test('a follower whose connection is cut early can read the rest from the log', async () => {
  await box.process.createSession('cut')
  const { cmdId } = await box.process.executeSessionCommand('cut', { command: 'seq 1 5', runAsync: true })
  world.server.faults.set({ closeSockets: 1 })
  await box.process
    .getSessionCommandLogs(
      'cut',
      cmdId,
      () => undefined,
      () => undefined,
    )
    .catch(() => undefined)
  await until(
    () => box.process.getSessionCommandLogs('cut', cmdId),
    ({ stdout }) => stdout === '1\n2\n3\n4\n5\n',
  )
})
