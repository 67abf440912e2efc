import type { KeptDraft } from './draft-shapes.ts'

/** What was typed and not saved, by project and person, in this browser. Without storage nothing is kept and nothing fails. */
export async function readKept(place: string): Promise<KeptDraft | null> {
  const answer = await inStore('readonly', (store) => store.get(place))
  return (answer ?? null) as KeptDraft | null
}

export async function keep(place: string, draft: KeptDraft | null): Promise<void> {
  await inStore('readwrite', (store) => (draft ? store.put(draft, place) : store.delete(place)))
}

async function inStore(mode: IDBTransactionMode, does: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  try {
    database ??= opened()
    const store = (await database).transaction('drafts', mode).objectStore('drafts')
    return await settled(does(store))
  } catch {
    database = null
    return undefined
  }
}

/** Held open, so that what is typed just before the page goes is still written. */
let database: Promise<IDBDatabase> | null = null

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open('everjust', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('drafts')
  const found = await settled(request)
  const letGo = () => {
    found.close()
    database = null
  }
  found.onversionchange = letGo
  found.onclose = letGo
  return found
}

const settled = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('storage'))
  })
