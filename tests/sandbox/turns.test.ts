import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { startOf } from '../../sandbox/runner/app/processes.ts'
import { holderOf } from '../../sandbox/runner/turn-lock.ts'
import { until } from './stage.ts'

const atOnce = 6
const rounds = 3

test('of runners that start at the same moment one stays', async (t) => {
  for (let round = 0; round < rounds; round++) {
    const { folder, start, working } = openTurns(t)
    await start('generate')
    await until(() => working().length === 1)
    assert.equal(holderOf(folder)?.pid, working()[0])
  }
})

test('of runners that come after the same killed one, one goes on', async (t) => {
  for (let round = 0; round < rounds; round++) {
    const { folder, start } = openTurns(t)
    writeFileSync(join(folder, 'runner.1.json'), JSON.stringify({ pid: 999_999_999, start: '1', mode: 'generate' }))
    const took = await start('generate', '999999999:1')
    assert.deepEqual(took.toSorted(), [...Array<boolean>(atOnce - 1).fill(false), true])
  }
})

test('a runner that ends by itself leaves nobody in its turn', async (t) => {
  const { folder, start, working, end } = openTurns(t)
  await start('sync')
  await until(() => working().length === 1)
  await end()
  assert.equal(holderOf(folder), undefined)
  await start('generate')
  await until(() => working().length === 1)
  assert.equal(holderOf(folder)?.mode, 'generate')
})

test('of long past turns nothing is kept', async (t) => {
  const { folder, start, working } = openTurns(t)
  for (let turn = 1; turn <= 30; turn++) writeFileSync(join(folder, `runner.${turn}.json`), '{}')
  await start('generate')
  await until(() => working().length === 1)
  const turns = readdirSync(folder).filter((name) => name.endsWith('.json'))
  assert.ok(turns.length > 1 && turns.length <= 20 + atOnce, String(turns.length))
  assert.ok(!turns.includes('runner.1.json'))
})

/** A folder in which some processes take the turn at once: each says whether it got it, and works until its input ends. */
function openTurns(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'everjust-turns-'))
  const children: ChildProcess[] = []
  const takers = new Set<ChildProcess>()
  t.after(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  const working = () => [...takers].map(({ pid = 0 }) => pid).filter((pid) => startOf(pid) !== undefined)
  return { folder, start, working, end }

  async function start(mode: string, after?: string): Promise<boolean[]> {
    const runners = Array.from({ length: atOnce }, () => spawnTaker(folder, mode, after))
    children.push(...runners)
    await Promise.all(runners.map((child) => once(child.stdout, 'data')))
    const answers = runners.map((child) => Promise.race([once(child.stdout, 'data'), once(child, 'exit')]))
    for (const child of runners) child.stdin.write('go')
    const took = (await Promise.all(answers)).map(([answer]) => String(answer) === 'true')
    for (const [at, child] of runners.entries()) if (took[at]) takers.add(child)
    return took
  }

  async function end() {
    const ended = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
    const exits = ended.map((child) => once(child, 'exit'))
    for (const child of ended) child.stdin?.end()
    await Promise.all(exits)
    takers.clear()
  }
}

const spawnTaker = (folder: string, mode: string, after = '') =>
  spawn(process.execPath, ['--input-type=module', '--eval', taker, folder, mode, after], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })

const taker = `
  import { takeTurn } from ${JSON.stringify(import.meta.resolve('../../sandbox/runner/turn-lock.ts'))}
  const [, folder, mode, after] = process.argv
  process.stdin.once('data', () => process.stdout.write(String(takeTurn(folder, mode, after || undefined))))
  process.stdout.write('ready')
`
