import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import type { Source } from '../../scripts/replay/api.ts'
import { replayInBox } from '../../scripts/replay/box.ts'
import { readRecorded } from '../../scripts/replay/recorded.ts'
import { faultsOfReplies } from '../../scripts/replay/replies.ts'
import { touchedBy } from '../../scripts/replay/touched.ts'
import { verdictOf } from '../../scripts/replay/verdict.ts'
import { startControl } from '../../local/stack/control.ts'
import { readerOf } from '../../local/stack/reader.ts'
import { announce } from '../../local/stack/running.ts'
import { openBackstage } from './backstage.ts'
import { run } from './command.ts'
import { openStack, type Caller, type OpenStack } from './open-stack.ts'

const templates = join(import.meta.dirname, '../../build')

const sourceOf = (caller: Caller, run: Pick<Source, 'projectId' | 'generationId'>): Source => ({
  ...run,
  ask: async (path, body) => {
    const answer = body === undefined ? await caller.get(path) : await caller.post(path, body)
    assert.equal(answer.status, 200, path)
    return answer.body
  },
})

async function replay(source: Source) {
  const { recording, job, faults } = await readRecorded(source)
  const replayed = await replayInBox(job, templates)
  return verdictOf(recording, replayed, [...faults, ...(await faultsOfReplies(source, recording))])
}

/** Lets the commands of this checkout find the stack, as `npm start` does, with the templates that are installed. */
async function openToCommands(t: Pick<TestContext, 'after'>, { url, dataDir, standIns, issueToken }: OpenStack) {
  symlinkSync(join(templates, 'templates'), join(dataDir, 'templates'))
  const control = await startControl({
    issueToken,
    readerOf: async (id) => readerOf(standIns.postgres?.ownerUrl ?? '', id),
  })
  t.after(() => control.stop())
  await announce(dataDir, { pid: process.pid, url, control: control.url, secret: control.secret })
}

test('a run is made again to the byte without a model, and whatever was changed since is found', async (t) => {
  const stack = await openStack(t)
  const { objects } = openBackstage(t, stack)
  const ada = await stack.as('ada@example.com')
  const { project, generation } = await ada.build('a landing page for a tea shop', 'static')
  assert.equal((await ada.ended(project.id, generation.id)).state, 'succeeded')
  const first = sourceOf(ada, { projectId: project.id, generationId: generation.id })
  const built = await replay(first)
  assert.match(built.lines.at(-1) ?? '', /^byte-identical: \d+ steps$/, built.lines.join('\n'))

  const again = await ada.post<{ id: typeof generation.id }>(projectPaths.generate(project.id), {
    prompt: 'make it darker',
  })
  assert.equal((await ada.ended(project.id, again.body.id)).state, 'succeeded')
  const { touched, needless } = await touchedBy(sourceOf(ada, { projectId: project.id, generationId: again.body.id }))
  assert.deepEqual([touched > 0, needless], [true, 0])
  await openToCommands(t, stack)
  const command = run(t, ['replay', again.body.id], stack.dataDir)
  assert.equal(await command.ended, 0, command.said())
  assert.match(command.said(), /\nstep 2 +same .*edit\n(.*\n)*byte-identical: 2 steps\n$/)

  const { recording } = await readRecorded(first)
  const tool = recording.steps.flatMap(({ tools }) => tools).find(({ name }) => name === 'write')
  const key = objectKeys.recorded(project.id, tool?.input ?? '')
  const kept = await objects.get(key)
  await objects.put(key, '{"content":"<h1>Forged</h1>","file_path":"index.html"}', 'application/json')
  const forged = await replay(first)
  assert.equal(forged.identical, false)
  assert.ok(forged.lines.includes(`The content ${tool?.input} is not what was recorded: it was changed.`))
  await objects.put(key, kept ?? '', 'application/json')

  const call = recording.steps.flatMap(({ calls }) => calls)[0]
  const chunks = await objects.list(objectKeys.modelCall(project.id, call?.id ?? ''))
  for (const chunk of chunks.filter((one) => /\d\.json$/.test(one))) await objects.remove(chunk)
  assert.match(
    (await faultsOfReplies(first, recording))[0] ?? '',
    /^Step 1: no reply of the model asks for this call of /,
  )
})
