import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { importJWK, jwtVerify, type JWK } from 'jose'
import { receiptAudience } from '../../lib/auth/receipts.ts'
import type { DeletionReceipt } from '../../lib/contract/audit.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { mistakes, openStage, type Everything } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage
const ada = await stage.person()
const { objects } = world.context

/** A project with a run under way, objects and a sandbox, that was asked to be cleared away. */
async function deleted(): Promise<ProjectId> {
  const { projectId } = await stage.start(ada)
  await objects.put(objectKeys.blob(projectId, '1'), 'x', 'text/plain')
  assert.equal((await ada.delete(`/projects/${projectId}`)).status, 204)
  assert.equal((await ada.delete(`/library/deleted/${projectId}`)).status, 204)
  return projectId
}

async function receiptsOf(projectId: ProjectId) {
  const { status, body } = await ada.get(`/audit/${ada.organizationId}/receipts`)
  assert.equal(status, 200, JSON.stringify(body))
  const { items, key } = body as { items: DeletionReceipt[]; key: JWK }
  return { items: items.filter(({ subject }) => subject === projectId), key }
}

async function isWhole(projectId: ProjectId): Promise<void> {
  const { items, key } = await receiptsOf(projectId)
  assert.equal(items.length, 1)
  const [{ id, counts, signed }] = items as [DeletionReceipt]
  assert.ok(counts && signed)
  assert.ok(Object.keys(counts).length > 20)
  assert.deepEqual(
    Object.entries(counts).filter(([, count]) => count > 0),
    [],
  )
  const { payload } = await jwtVerify(signed, await importJWK(key, 'EdDSA'), { audience: receiptAudience })
  assert.deepEqual([payload.jti, payload.sub, payload['counts']], [id, projectId, counts])
  assert.deepEqual(await objects.list(objectKeys.project(projectId)), [])
  assert.equal(provider.boxes.has(`p-${projectId}`), false)
  assert.equal((await world.sql`select from everjust.projects where id = ${projectId}`).length, 0)
}

/** Lets what was put back be done at once, until nothing is left. */
async function finish(): Promise<void> {
  await world.sql`update everjust.jobs set run_at = now() where state = 'queued'`
  await stage.minute()
  await stage.drain()
}

test('what was deleted with a run under way leaves a receipt that anybody can verify, and zeros', async () => {
  const projectId = await deleted()
  await stage.drain()
  await isWhole(projectId)
  const { items, key } = await receiptsOf(projectId)
  const forged = items[0]?.signed?.replace(
    /\.[^.]+\./,
    `.${btoa(JSON.stringify({ aud: receiptAudience })).replace(/=/g, '')}.`,
  )
  await assert.rejects(jwtVerify(forged ?? '', await importJWK(key, 'EdDSA')))
})

/** The parts with the call of this number failing, whatever it asks for. */
function failingAt(at: number): { parts: Partial<Everything>; failed: () => boolean } {
  let calls = 0
  const counted = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      calls += 1
      if (calls === at) throw new Error('cut off')
      return work(...args)
    }
  }
  const { receipts } = stage.jobs
  const parts = {
    objects: { ...objects, list: counted(objects.list), remove: counted(objects.remove) },
    provider: { ...provider, remove: counted(provider.remove), find: counted(provider.find) },
    receipts: { sign: counted(receipts.sign) },
  }
  return { parts, failed: () => calls >= at }
}

test('a deletion that is cut off before any of its steps goes on to the same receipt', async () => {
  let steps = 0
  for (let cut = true; cut; steps++) {
    const projectId = await deleted()
    const { parts, failed } = failingAt(steps + 1)
    await stage.drain(parts)
    cut = failed()
    await finish()
    await isWhole(projectId)
  }
  assert.ok(steps > 7, `${steps} steps`)
  world.logs.splice(0)
})

test('what is written after the last look is found by the next, and nothing is signed before', async () => {
  const projectId = await deleted()
  const late = objectKeys.blob(projectId, '2')
  const find = async (name: string) => {
    const rows = await world.sql`select from everjust.projects where id = ${projectId}`
    if (rows.length === 0) await objects.put(late, 'x', 'text/plain')
    return provider.find(name)
  }
  const list = async (prefix: string) => {
    const rows = await world.sql`select from everjust.projects where id = ${projectId}`
    if (rows.length === 0) await objects.put(late, 'x', 'text/plain')
    return objects.list(prefix)
  }
  await stage.drain({ provider: { ...provider, find }, objects: { ...objects, list } })
  const [open] = (await receiptsOf(projectId)).items
  assert.deepEqual([open?.signed, open?.counts], [null, null])
  await finish()
  await isWhole(projectId)
})

test('nothing was left behind', async () => {
  assert.deepEqual(await mistakes(world), [])
  await world.settled()
})
