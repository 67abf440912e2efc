import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'

const connection = z.object({
  id: z.string(),
  name: z.string(),
  strategy: z.enum(['samlp', 'oidc']),
  /** The mail domains of the people who come by it. */
  domains: z.array(z.string()),
})
const company = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  connection: connection.nullable(),
})

export type Company = z.infer<typeof company>
export type Connection = z.infer<typeof connection>
export type Companies = Awaited<ReturnType<typeof openCompanies>>

/** Auth0's Organizations on this machine, each with one connection at most, kept in one file. */
export const openCompanies = async (dataDir: string) => {
  const file = join(dataDir, 'companies.json')
  const known = new Map((await readJson(file, z.array(company)))?.map((one) => [one.id, one]))
  const tickets = new Map<string, string>()
  const all = () => [...known.values()]
  const keep = async (one: Company): Promise<Company> => {
    known.set(one.id, one)
    await writeJson(file, all())
    return one
  }

  return {
    find: (id: string) => known.get(id),
    byName: (name: string) => all().find((one) => one.name === name),
    /** Whose people have such an address. */
    byEmail: (email: string) => {
      const domain = email.trim().toLowerCase().split('@').at(-1) ?? ''
      return all().find((one) => one.connection?.domains.includes(domain))
    },
    add: (name: string, displayName: string) =>
      keep({ id: `org_${randomBytes(8).toString('hex')}`, name, displayName, connection: null }),
    /** A secret that opens the page where a connection is made. */
    openTicket: (id: string): string => {
      const ticket = randomBytes(24).toString('base64url')
      tickets.set(ticket, id)
      return ticket
    },
    ofTicket: (ticket: string) => known.get(tickets.get(ticket) ?? ''),
    remove: async (id: string): Promise<void> => {
      if (known.delete(id)) await writeJson(file, all())
    },
    /** Whose connection it was. */
    disconnect: async (id: string): Promise<Company | undefined> => {
      const one = all().find(({ connection }) => connection?.id === id)
      return one && keep({ ...one, connection: null })
    },
    connect: (one: Company, made: Pick<Connection, 'strategy' | 'domains'>) =>
      keep({ ...one, connection: { id: `con_${one.id.slice(4)}`, name: one.name.replaceAll('_', '-'), ...made } }),
  }
}
