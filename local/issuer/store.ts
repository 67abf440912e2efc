import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import * as z from 'zod'

type Entry = { model: string; id: string; payload: AdapterPayload; expiresAt: number | null }

const GRANTED = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken'])

const entryShape = z.object({
  model: z.string(),
  id: z.string(),
  payload: z.record(z.string(), z.unknown()),
  expiresAt: z.number().nullable(),
})

/**
 * Keeps sessions, grants and tokens as one file each. Writes are synchronous and whole: what the browser was told is
 * on disk, also after `kill -9`.
 */
export const openStore = (dataDir: string): AdapterFactory => {
  const folder = join(dataDir, 'sessions')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const entries = load(folder)
  return (model) => adapterFor(model, folder, entries)
}

const adapterFor = (model: string, folder: string, entries: Map<string, Entry>): Adapter => {
  const get = (id: string): Entry | undefined => {
    const entry = entries.get(keyOf(model, id))
    return entry && alive(entry) ? entry : undefined
  }
  const put = (entry: Entry) => {
    entries.set(keyOf(entry.model, entry.id), entry)
    save(folder, entry)
  }
  const drop = (entry: Entry) => {
    entries.delete(keyOf(entry.model, entry.id))
    rmSync(fileOf(folder, entry), { force: true })
  }
  const seek = (has: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find((entry) => entry.model === model && has(entry.payload) && alive(entry))?.payload

  return {
    async upsert(id, payload, expiresIn) {
      put({ model, id, payload, expiresAt: expiresIn === undefined ? null : Date.now() + expiresIn * 1000 })
    },
    find: async (id) => get(id)?.payload,
    findByUid: async (uid) => seek((payload) => payload.uid === uid),
    findByUserCode: async (code) => seek((payload) => payload.userCode === code),
    async consume(id) {
      const entry = get(id)
      if (entry) put({ ...entry, payload: { ...entry.payload, consumed: Math.floor(Date.now() / 1000) } })
    },
    async destroy(id) {
      const entry = get(id)
      if (entry) drop(entry)
    },
    async revokeByGrantId(grantId) {
      const issued = [...entries.values()].filter((entry) => GRANTED.has(entry.model))
      for (const entry of issued) if (entry.payload.grantId === grantId) drop(entry)
    },
  }
}

const keyOf = (model: string, id: string) => `${model}:${id}`

const alive = ({ expiresAt }: Entry) => expiresAt === null || expiresAt > Date.now()

const fileOf = (folder: string, { model, id }: Entry) =>
  join(folder, `${createHash('sha256').update(keyOf(model, id)).digest('hex').slice(0, 32)}.json`)

const save = (folder: string, entry: Entry): void => {
  const file = fileOf(folder, entry)
  writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const load = (folder: string): Map<string, Entry> => {
  const entries = new Map<string, Entry>()
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const entry = name.endsWith('.json') ? entryShape.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
    if (entry && alive(entry)) entries.set(keyOf(entry.model, entry.id), entry)
    else rmSync(path)
  }
  return entries
}
