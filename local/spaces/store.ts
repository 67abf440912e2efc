import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Failure } from './failure.ts'

const entry = z.object({
  key: z.string(),
  /** The file that holds the bytes; every write makes a new one, so that a reader never sees half of two. */
  file: z.string(),
  size: z.number(),
  etag: z.string(),
  modified: z.string(),
  public: z.boolean(),
  headers: z.record(z.string(), z.string()),
})

export type Entry = z.infer<typeof entry>
export type Bucket = ReturnType<typeof openBucket>
export type Store = ReturnType<typeof openStore>

/** All buckets of a data folder. An object is there, whole, or not there: also after `kill -9` in the middle. */
export const openStore = (dataDir: string) => {
  const root = join(dataDir, 'buckets')
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const buckets = new Map(readdirSync(root).map((name) => [name, openBucket(join(root, name), name)]))
  return {
    names: () => [...buckets.keys()].sort(),
    has: (name: string) => buckets.has(name),
    bucket(name: string): Bucket {
      const found = buckets.get(name)
      if (!found) throw new Failure('NoSuchBucket')
      return found
    },
    create(name: string): void {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..'))
        throw new Failure('InvalidBucketName')
      if (!buckets.has(name)) buckets.set(name, openBucket(join(root, name), name))
    },
    remove(name: string): void {
      if (this.bucket(name).entries.size > 0) throw new Failure('BucketNotEmpty')
      buckets.delete(name)
      rmSync(join(root, name), { recursive: true })
    },
  }
}

const openBucket = (folder: string, name: string) => {
  const rooms = { entries: join(folder, 'entries'), bytes: join(folder, 'bytes'), drafts: join(folder, 'drafts') }
  rmSync(rooms.drafts, { recursive: true, force: true })
  for (const room of Object.values(rooms)) mkdirSync(room, { recursive: true })
  const entries = load(rooms)

  const entryFile = (key: string) => join(rooms.entries, `${createHash('sha256').update(key).digest('hex')}.json`)
  const save = (path: string, value: unknown) => {
    const draft = join(rooms.drafts, randomUUID())
    writeFileSync(draft, JSON.stringify(value))
    renameSync(draft, path)
  }
  const discard = (present: Entry | undefined) => {
    if (present) rmSync(join(rooms.bytes, present.file), { force: true })
  }
  return {
    name,
    entries: entries as ReadonlyMap<string, Entry>,
    corsFile: join(folder, 'cors.json'),
    save,
    draft: () => join(rooms.drafts, randomUUID()),
    bytesOf: ({ file }: Entry) => join(rooms.bytes, file),
    /** Makes a finished draft the object of this key, in one step that nothing else can come between. */
    commit(draft: string, fresh: Omit<Entry, 'file'>): void {
      const file = randomUUID()
      const old = entries.get(fresh.key)
      renameSync(draft, join(rooms.bytes, file))
      save(entryFile(fresh.key), { ...fresh, file })
      entries.set(fresh.key, { ...fresh, file })
      discard(old)
    },
    remove(key: string): void {
      const old = entries.get(key)
      if (!old) return
      rmSync(entryFile(key), { force: true })
      entries.delete(key)
      discard(old)
    },
  }
}

// Bytes that no entry names are the remains of a write that never finished.
const load = (rooms: { entries: string; bytes: string }): Map<string, Entry> => {
  const read = (name: string) => entry.parse(JSON.parse(readFileSync(join(rooms.entries, name), 'utf8')))
  const entries = readdirSync(rooms.entries).map(read)
  const named = new Set(entries.map(({ file }) => file))
  for (const file of readdirSync(rooms.bytes)) if (!named.has(file)) rmSync(join(rooms.bytes, file))
  return new Map(entries.map((one) => [one.key, one]))
}
