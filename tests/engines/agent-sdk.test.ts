import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { build } from '../../engines/agent-sdk/build.ts'
import { folderOf, isInstalled } from '../../engines/agent-sdk/install.ts'
import { startGateway } from '../../gateway/server.ts'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import type { Progress } from '../../lib/contract/event.ts'
import { openDataDir } from '../../local/stack/data-dir.ts'
import { openVendor } from '../gateway/vendor.ts'
import { differences } from '../jobs/books.ts'
import { accountOf, mistakes, openStage, success } from '../jobs/stage.ts'
import { reply, type Block } from './reply.ts'

const dataDir = openDataDir()
const skip = isInstalled(dataDir) ? false : 'the second engine is not installed: npm run engine -- install'

const page = '<!doctype html>\n<title>Habits</title>\n<h1>Habits</h1>\n'

test('an app is built by the real program through the gateway, metered and paid', { skip }, async () => {
  const { vendor, stage, service, project, state } = await open()
  const script: ((project: string) => Block[])[] = [
    (folder) => [
      { text: 'I write the page.' },
      { tool: 'Write', input: { file_path: join(folder, 'index.html'), content: page } },
    ],
    (folder) => [
      {
        tool: 'Edit',
        input: { file_path: join(folder, 'index.html'), old_string: '<h1>Habits', new_string: '<h1>My habits' },
      },
      { tool: 'Bash', input: { command: 'env; grep -c habits index.html' } },
    ],
    () => [{ text: 'There it is.' }],
  ]
  let asked = 0
  vendor.answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(reply(script[asked]?.(project) ?? [{ text: 'What else?' }]))
    asked += 1
  }
  const run = await stage.start(await stage.person())
  const progress: Progress[] = []
  const built = await build({
    ...{ folder: folderOf(dataDir), project, state, gateway: service.url, token: run.runner.token ?? '' },
    ...{ model: 'scripted-1', system: 'You build small apps.', prompt: 'a habit tracker', mostTurns: 10 },
    onProgress: (told) => void progress.push(told),
  })
  assert.deepEqual([built.outcome, built.answer, asked], ['succeeded', 'There it is.', 3])
  assert.equal(await readFile(join(project, 'index.html'), 'utf8'), page.replace('<h1>Habits', '<h1>My habits'))
  const ended = progress.flatMap((told) => (told.kind === 'tool_ended' ? [`${told.tool} ${told.ok}`] : []))
  assert.deepEqual(ended, ['write true', 'edit true', 'bash true'])
  assert.ok(progress.some((told) => told.kind === 'text' && told.text.includes('There it is')))

  // Three replies of 100 tokens in and 50 out, at 2 and 10 micros.
  assert.equal((await run.owner.get(run.path)).body.cost.micros, 3 * 700)
  await run.runner.post(`${run.reports}/end`, success)
  await stage.drain()
  assert.equal((await accountOf(stage.world, run.id))['micros'], 'settled 2100')
  assert.deepEqual([await mistakes(stage.world), await differences(stage.world)], [[], []])
  // The platform's key reaches the vendor alone.
  assert.ok(vendor.asked.every(({ headers }) => headers['x-api-key'] === 'sk-real'))
  assert.equal(
    vendor.asked.some(({ body }) => body.includes('sk-real')),
    false,
  )
})

test('a run that has reached its cap ends at once, and no more is asked', { skip }, async () => {
  const { vendor, stage, service, project, state } = await open()
  vendor.answer = (response) => void response.writeHead(500).end()
  const run = await stage.start(await stage.person())
  await stage.world.sql`update everjust.generations set spent_micros = cap_micros where id = ${run.id}`
  const built = await build({
    ...{ folder: folderOf(dataDir), project, state, gateway: service.url, token: run.runner.token ?? '' },
    ...{ model: 'scripted-1', system: 'You build small apps.', prompt: 'a habit tracker', mostTurns: 10 },
  })
  assert.deepEqual([built.outcome, vendor.asked.length], ['failed', 0])
})

async function open() {
  const vendor = await openVendor({ after })
  const stage = await openStage({ after }, { upstream: openAnthropic({ url: vendor.url, key: new Secret('sk-real') }) })
  const service = await startGateway({ context: stage.jobs, port: 0 })
  const folder = await mkdtemp(join(tmpdir(), 'everjust-engine-'))
  const [project, state] = [join(folder, 'project'), join(folder, 'state')]
  await Promise.all([mkdir(project), mkdir(state)])
  after(async () => {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return { vendor, stage, service, project, state }
}
