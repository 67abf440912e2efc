import postgres from 'postgres'

export type Addresses = { url: string; ownerUrl: string }

/**
 * Copies a database as it stands (nobody may be connected to the template) and answers the addresses of the copy.
 * `template1` gives an empty one. Fails with PostgreSQL's 42P04 when the name is taken.
 */
export const cloneDatabase = async (
  server: Addresses,
  { template, name }: { template: string; name: string },
): Promise<Addresses> => {
  await asOwner(server, (sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`)
  return { url: within(server.url, name), ownerUrl: within(server.ownerUrl, name) }
}

/** Drops a database and cuts who is still connected; nothing happens when it does not exist. */
export const dropDatabase = async (server: Addresses, name: string): Promise<void> =>
  asOwner(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`)

const asOwner = async (server: Addresses, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> => {
  const sql = postgres(within(server.ownerUrl, 'postgres'), { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const within = (address: string, database: string): string => {
  const url = new URL(address)
  url.pathname = `/${database}`
  return url.href
}
