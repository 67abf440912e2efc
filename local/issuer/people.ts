import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'
import type { Company } from './companies.ts'

const person = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  tier: z.string(),
  blocked: z.boolean(),
  permissions: z.array(z.string()),
  /** The company by whose directory they come; without it, by a password. */
  company: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  updatedAt: z.string(),
})

export type Person = z.infer<typeof person>
export type NewPerson = { email: string; name?: string; tier?: string; permissions?: string[]; company?: Company }
export type People = Awaited<ReturnType<typeof openPeople>>

/** The one password of everybody: these people exist to be tried, not to be protected. */
export const LOCAL_PASSWORD = 'local'

export const SEEDED: NewPerson[] = [
  { email: 'ada@example.com', name: 'Ada Lovelace', tier: 'free' },
  { email: 'grace@example.com', name: 'Grace Hopper', tier: 'pro' },
  { email: 'lin@example.com', name: 'Lin Huiyin', tier: 'team' },
  { email: 'ops@example.com', name: 'Operations', tier: 'enterprise', permissions: ['everjust:operate'] },
]

/** The people of this machine, kept in one file; those given are added when they are new. */
export const openPeople = async (dataDir: string, given: NewPerson[]) => {
  const file = join(dataDir, 'people.json')
  const known = new Map((await readJson(file, z.array(person)))?.map((one) => [one.id, one]))
  const all = () => [...known.values()]
  let saved = Promise.resolve()
  const save = () => (saved = saved.then(() => writeJson(file, all())))

  const byEmail = (email: string, company?: string) =>
    all().find((one) => one.email === email.toLowerCase() && one.company === company)

  const add = async (wanted: NewPerson): Promise<Person> => {
    const present = byEmail(wanted.email.trim(), wanted.company?.id)
    if (present) return present
    const fresh = newPerson(wanted)
    known.set(fresh.id, fresh)
    await save()
    return fresh
  }

  const change = async (id: string, part: Partial<Pick<Person, 'blocked' | 'metadata' | 'name'>>) => {
    const present = known.get(id)
    if (!present) return undefined
    const changed = { ...present, ...part, updatedAt: new Date().toISOString() }
    known.set(id, changed)
    await save()
    return changed
  }

  const remove = async (id: string) => {
    if (known.delete(id)) await save()
  }

  for (const one of given) await add(one)
  return { all, find: (id: string) => known.get(id), byEmail, add, change, remove }
}

// The id follows from the e-mail, so a person is the same one after the data folder was thrown away.
const newPerson = ({ email, name, tier = 'free', permissions = [], company }: NewPerson): Person => {
  const address = z.email().max(254).parse(email.trim().toLowerCase())
  const now = new Date().toISOString()
  return {
    id: `${company ? `samlp|${company.name}` : 'auth0'}|${createHash('sha256').update(address).digest('hex').slice(0, 24)}`,
    email: address,
    name: name ?? nameFrom(address),
    tier,
    blocked: false,
    permissions,
    ...(company && { company: company.id }),
    metadata: {},
    createdAt: now,
    updatedAt: now,
  }
}

const nameFrom = (email: string): string => {
  const words = (email.split('@')[0] ?? email).split(/[._+-]+/).filter(Boolean)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || email
}
