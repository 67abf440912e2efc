import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FolderId, ProjectId } from '../../lib/contract/ids.ts'
import { folderStore } from '../../lib/store/folders.ts'
import { imageStore } from '../../lib/store/images.ts'
import { lockStore } from '../../lib/store/locks.ts'
import { secretStore } from '../../lib/store/secrets.ts'
import { openDatabase, type Transaction } from '../../lib/store/sql.ts'
import { newId } from '../../lib/contract/new-id.ts'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const database = openDatabase(world.settings['DATABASE_URL'] ?? '', 8)
after(() => database.close())

/** Eight at once, each in a transaction of its own. */
const eight = <T>(work: (transaction: Transaction, n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      database.as({ kind: 'user', userId: ada.id, scopes: 'all' }, (transaction) => work(transaction, n)),
    ),
  )

async function openProject(): Promise<ProjectId> {
  return (await ada.post('/projects', { name: 'Crowded' })).body.id as ProjectId
}

test('many who lock at once lock no more files than there may be, and one path as often as they like', async () => {
  const projectId = await openProject()
  await world.sql`insert into everjust.file_locks (project_id, path)
    select ${projectId}, 'file-' || n from generate_series(1, 198) n`
  const same = await eight((transaction) => lockStore(transaction).add(projectId, 'same', ada.id))
  assert.ok(same.every(Boolean))
  const others = await eight((transaction, n) => lockStore(transaction).add(projectId, `other-${n}`, ada.id))
  assert.equal(others.filter(Boolean).length, 1)
})

test('many who keep secrets or announce images at once have no more than there may be', async () => {
  const projectId = await openProject()
  const secret = (n: number) => ({ projectId, name: `NAME_${n}`, sealed: 'x', createdBy: ada.id })
  const made = []
  for (let turn = 0; turn < 8; turn++) {
    made.push(...(await eight((transaction, n) => secretStore(transaction).set(secret(turn * 8 + n)))))
  }
  assert.equal(made.filter(Boolean).length, 50)
  const image = { projectId, uploadedBy: ada.id, mediaType: 'image/png', size: 1, sha256: 'a'.repeat(64) } as const
  const announced = await eight((transaction) => imageStore(transaction).announce({ id: newId('image'), ...image }, 3))
  assert.equal(announced.filter(Boolean).length, 3)
})

test('of many who rename folders to one name at once one has it, and the others are told', async () => {
  const ids: FolderId[] = []
  for (let n = 0; n < 8; n++) ids.push((await ada.post('/library/folders', { name: `n${n}` })).body.id as FolderId)
  const renamed = await eight((transaction, n) => {
    const id = ids[n]
    assert.ok(id)
    return folderStore(transaction).rename(id, ada.organizationId, 'Same')
  })
  assert.equal(renamed.filter(Boolean).length, 1)
})
