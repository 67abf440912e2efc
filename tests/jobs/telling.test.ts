import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { RunJob } from '../../lib/contract/run.ts'
import { openStage, success } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage

const jobOf = (projectId: string, name: string) =>
  RunJob.parse(JSON.parse(provider.boxes.get(`p-${projectId}`)?.files.get(`/root/job-${name}.json`) ?? 'null'))

/** What the run of a further request is told; the run is stopped afterwards. */
async function toldWith(person: Awaited<ReturnType<typeof stage.person>>, projectId: string, wish: object) {
  const { body } = await person.post(`/projects/${projectId}/generate`, wish)
  await stage.drain()
  const told = jobOf(projectId, `${body.id}-1`).generation
  await person.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
  return { id: String(body.id), told }
}

test('a run is told its mode, what it points at, and the rules of its organization', async () => {
  const ada = await stage.person()
  const first = await stage.start(ada)
  await first.runner.post(`${first.reports}/end`, success)
  await world.sql`
    insert into everjust.organization_engine (organization_id, rules)
    select organization_id, 'Use no red.' from everjust.projects where id = ${first.projectId}`
  await ada.put(`/workshop/${first.projectId}/secrets/STRIPE_KEY`, { value: 'sk_of_nobody' })
  const attachments = [{ kind: 'error', source: 'console', message: 'x is not defined', detail: 'at main.ts:1' }]
  const { told } = await toldWith(ada, first.projectId, { prompt: 'mend this', mode: 'plan', attachments })
  assert.deepEqual([told?.mode, told?.rules, told?.attachments], ['plan', 'Use no red.', attachments])
  assert.deepEqual(told?.secrets, ['STRIPE_KEY'])
  assert.doesNotMatch(JSON.stringify(told), /sk_of_nobody/)
})

test('a run is told how earlier requests ended, also those that failed, asked or were stopped', async () => {
  const ada = await stage.person()
  const first = await stage.start(ada)
  const { projectId } = first
  const question = { text: 'Which colour?', choices: ['Teal', 'Plum'] }
  await first.runner.post(`${first.reports}/end`, { ...success, answer: 'One thing first.', question })
  const stopped = await toldWith(ada, projectId, { prompt: 'teal' })
  const { told } = await toldWith(ada, projectId, { prompt: 'darker' })
  assert.deepEqual(told?.conversation, [
    {
      id: first.id,
      prompt: 'a habit tracker',
      answer: 'One thing first.\n\nWhich colour?\n- Teal\n- Plum',
      asked: true,
    },
    { id: stopped.id, prompt: 'teal', answer: '(The person stopped this. Nothing of it was kept.)' },
  ])
})

test('what a run summed up is told instead of what it covers, unless the conversation went back before it', async () => {
  const ada = await stage.person()
  const first = await stage.start(ada)
  const { projectId } = first
  const strange = { text: 'of nobody', upTo: 'gen_0123456789abcdefghjk' }
  assert.equal((await first.runner.post(`${first.reports}/end`, { ...success, memory: strange })).status, 200)
  const second = await ada.post(`/projects/${projectId}/generate`, { prompt: 'darker' })
  await stage.drain()
  const runner = world.withToken(jobOf(projectId, `${second.body.id}-1`).token)
  const memory = { text: 'A habit tracker named Tend, in teal.', upTo: first.id }
  assert.equal((await runner.post(`/runs/${projectId}/${second.body.id}/end`, { ...success, memory })).status, 200)

  const { told } = await toldWith(ada, projectId, { prompt: 'bigger' })
  assert.equal(told?.memory, 'A habit tracker named Tend, in teal.')
  assert.deepEqual(told?.conversation, [{ id: second.body.id, prompt: 'darker', answer: 'Done.' }])

  await world.sql`update everjust.generations set superseded_at = now() where project_id = ${projectId}`
  const { told: anew } = await toldWith(ada, projectId, { prompt: 'again' })
  assert.deepEqual([anew?.memory, anew?.conversation], [null, []])
  const kept = await world.sql`select up_to from everjust.conversation_memories where project_id = ${projectId}`
  assert.deepEqual(
    kept.map((row) => row['up_to']),
    [first.id],
  )
})
