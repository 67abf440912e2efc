import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { buildSandbox } from '../../scripts/build-sandbox.ts'
import { eachFrame, frame, type Frame } from '../../sandbox/shell/frames.ts'

const idleMs = 300
const root = mkdtempSync('/var/tmp/everjust-rest-')
await buildSandbox({ outdir: join(root, 'bin') })
process.on('exit', () => rmSync(root, { recursive: true, force: true }))

const at = (channel: number, kind: 'terminal' | 'search', query: Record<string, string>) =>
  frame(channel, 'open', { kind, person: 'usr_ada', query })
const terminal = at(1, 'terminal', { id: 'terminal-one', from: '0', cols: '80', rows: '24' })

/** The program itself, as the live gateway starts it, that does not stay long where nobody is. */
function start(t: TestContext) {
  const project = join(root, 'home/app/project')
  mkdirSync(project, { recursive: true })
  const env = { PATH: process.env['PATH'], EVERJUST_SANDBOX_ROOT: root }
  const child = spawn(process.execPath, [join(root, 'bin/shell.js'), String(idleMs)], { env, cwd: '/' })
  t.after(() => child.kill('SIGKILL'))
  const frames: Frame[] = []
  let printed = ''
  const take = (one: Frame) => {
    frames.push(one)
    if (one.kind === 'bytes') printed += one.body.toString()
  }
  const broken = Promise.withResolvers<void>()
  eachFrame(child.stdout, take, () => broken.reject(new Error('what it says is no frame')))
  const gone = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const heard = async (what: string, holds: () => boolean) => {
    const looking = async () => {
      for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((next) => setTimeout(next, 20)))
        if (holds()) return
      assert.fail(`never: ${what}`)
    }
    await Promise.race([looking(), broken.promise, gone.then(() => assert.fail(`it ended before: ${what}`))])
  }
  return { child, frames, project, gone, heard, printed: () => printed }
}

test('a terminal at which nobody types for long stays open', async (t) => {
  const { child, heard, printed, gone } = start(t)
  child.stdin.write(terminal)
  await heard('the prompt', () => printed() !== '')
  // Its own clock: the shell waits several times as long as the program would stay where nobody is.
  child.stdin.write(frame(1, 'bytes', `sleep ${(idleMs * 5) / 1_000}; echo la""ter\r`))
  await heard('what comes later', () => printed().includes('later'))
  child.stdin.write(frame(1, 'text', { end: true }))
  assert.equal(await gone, 0)
})

test('where nobody came in, it ends', async (t) => {
  assert.equal(await start(t).gone, 0)
})

test('very many long places are told in words of bounded size', async (t) => {
  const { child, frames, project, heard } = start(t)
  // Three bytes a sign: as many places as may be told come to more than one frame holds.
  for (const name of ['one', 'two'])
    writeFileSync(join(project, `${name}.txt`), `tea ${'€'.repeat(300)}\n`.repeat(1_250))
  child.stdin.write(at(2, 'search', { q: 'tea' }))
  await heard('the end', () => frames.some(({ kind }) => kind === 'close'))
  const words = frames.filter(({ kind }) => kind === 'text').map(({ body }) => JSON.parse(body.toString()) as object)
  assert.equal(words.flatMap((word) => ('matches' in word ? (word.matches as object[]) : [])).length, 2_000)
  assert.ok(frames.every(({ body }) => body.length < 256 * 1024))
})
