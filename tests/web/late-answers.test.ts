import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../web/src/lib/api.ts'
import { readUnsent } from '../../web/src/lib/ask/unsent.ts'
import type { MessageId, Project, ProjectId, Share, ShareId } from '../../web/src/lib/contract.ts'
import { startProject } from '../../web/src/lib/home/start-project.ts'
import { generation } from './happenings.ts'
import './runes.ts'
import { settled, SlowApi } from './slow-api.ts'

const { MessageQueue } = await import('../../web/src/lib/ask/message-queue.svelte.ts')
const { Outbox } = await import('../../web/src/lib/ask/outbox.svelte.ts')
const { Shelf } = await import('../../web/src/lib/home/shelf.svelte.ts')
const { ShareLinks } = await import('../../web/src/lib/share/shares.svelte.ts')

const id = generation.projectId as ProjectId
const tea = { id, name: 'Tea', favourite: false, folderId: null, archivedAt: null } as unknown as Project
const lost = new Problem('unreachable', 'Not answering', '')
const refused = new Problem('forbidden', 'Not yours', '')

async function shelfWith(project: Project) {
  const line = new SlowApi()
  const shelf = new Shelf(line.api)
  void shelf.load()
  await settled()
  await line.answer('GET', /projects/, { items: [project], next: 'more' })
  return { line, shelf }
}

test('a project that is renamed and then marked keeps both, whichever is answered first', async () => {
  const { line, shelf } = await shelfWith(tea)
  void shelf.change(tea, { name: 'Mint' })
  void shelf.mark({ ...tea, name: 'Mint' })
  await line.answer('PUT', /prj_\w+$/, { ...tea, name: 'Mint' })
  assert.deepEqual(shelf.items, [{ ...tea, name: 'Mint', favourite: true }])
  await line.answer('PUT', /favourite/, refused)
  assert.deepEqual(shelf.items, [{ ...tea, name: 'Mint' }])
})

test('a change that is refused takes nothing back that was changed since', async () => {
  const { line, shelf } = await shelfWith(tea)
  void shelf.change(tea, { name: 'Mint' })
  void shelf.change({ ...tea, name: 'Mint' }, { name: 'Lemon' })
  await line.answer('PUT', /prj_\w+$/, refused)
  assert.equal(shelf.items[0]?.name, 'Lemon')
})

test('a list of projects does not go on while another one is asked for', async () => {
  const { line, shelf } = await shelfWith(tea)
  shelf.search('mint')
  void shelf.more()
  await settled()
  await line.answer('GET', /mint/, { items: [{ ...tea, name: 'Mint' }], next: null })
  assert.deepEqual([shelf.items[0]?.name, shelf.items.length, line.waiting], ['Mint', 1, []])
})

const share = (end: string) => ({ id: `shr_${end}` as ShareId }) as Share

test('a link that could not be ended comes back alone; one that was ended takes its address along', async () => {
  Object.assign(globalThis, { location: { origin: 'https://everjust.example' } })
  const line = new SlowApi()
  const links = new ShareLinks(line.api, id)
  void links.load()
  await line.answer('GET', /shares/, { items: [share('a'), share('b')] })
  void links.make(1)
  await line.answer('POST', /shares/, { ...share('new'), token: 'secret' })
  void links.revoke(share('a').id)
  void links.revoke(share('new').id)
  await line.answer('DELETE', /shr_a/, lost)
  await line.answer('DELETE', /shr_new/, undefined)
  assert.deepEqual(
    links.items?.map((each) => each.id),
    ['shr_a', 'shr_b'],
  )
  assert.equal(links.made, null)
})

test('messages that are taken away one after another do not come back in between', async () => {
  const line = new SlowApi()
  const queue = new MessageQueue(line.api, id, () => {})
  const items = ['a', 'b', 'c'].map((end) => ({ id: `msg_${end}` as MessageId }))
  void queue.load()
  await line.answer('GET', /queue/, { items, paused: null })
  void queue.load()
  void queue.remove('msg_a' as MessageId)
  void queue.remove('msg_b' as MessageId)
  await line.answer('GET', /queue/, { items, paused: null })
  await line.answer('DELETE', /msg_a/, undefined)
  assert.deepEqual(queue.items, items.slice(2))
  await line.answer('DELETE', /msg_b/, refused)
  assert.deepEqual(queue.items, items)
  await line.answer('GET', /queue/, { items: items.slice(1), paused: null })
  assert.deepEqual(queue.items, items.slice(1))
})

test('what is refused after its project was left waits for who comes back', async () => {
  const line = new SlowApi()
  const told: string[] = []
  const post = {
    deliver: ({ key }: { key: string }) => line.api.sendOnce<undefined>('/say', {}, key),
    refused: ({ key }: { key: string }) => void told.push(key),
  }
  const box = new Outbox('left', post)
  const leave = box.open()
  box.add({ request: { prompt: 'Hello' }, way: 'start' })
  await settled()
  leave()
  await line.answer('POST', /say/, refused)
  const [kept] = readUnsent('left')
  assert.deepEqual([kept?.request.prompt, told, line.waiting], ['Hello', [], []])
  const back = new Outbox('left', post)
  const leaveAgain = back.open()
  await settled()
  assert.equal(line.waiting[0]?.key, kept?.key)
  await line.answer('POST', /say/, refused)
  leaveAgain()
  assert.deepEqual([readUnsent('left'), told], [[], [kept?.key]])
})

test('what is on its way from another tab cannot be taken back', async () => {
  const line = new SlowApi()
  const post = { deliver: () => line.api.sendOnce<undefined>('/say', {}, 'key'), refused: () => {} }
  const [sending, other] = [new Outbox('tabs', post), new Outbox('tabs', post)]
  sending.add({ request: { prompt: 'Hello' }, way: 'start' })
  await settled()
  assert.equal(await other.takeBack(sending.items[0]?.key ?? ''), undefined)
  await line.answer('POST', /say/, undefined)
  assert.deepEqual(readUnsent('tabs'), [])
})

test('a project whose answer was lost is begun once, however often it is asked for', async () => {
  const line = new SlowApi()
  const ask = () => startProject(line.api, { prompt: 'A tea shop' }, 'ada')
  const first = ask()
  const [{ key } = { key: '' }] = line.waiting
  await line.answer('POST', /projects$/, lost)
  assert.equal((await first).problem, lost)
  const second = ask()
  assert.equal(line.waiting[0]?.key, key)
  await line.answer('POST', /projects$/, tea)
  await line.answer('POST', /generate/, lost)
  assert.deepEqual(await second, { project: tea, problem: null })
  assert.deepEqual(
    readUnsent(`${id}:ada`).map((unsent) => unsent.key),
    [`${key}-run`],
  )
  void ask()
  assert.notEqual(line.waiting[0]?.key, key)
})
