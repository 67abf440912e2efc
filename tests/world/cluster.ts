import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { cloneDatabase, dropDatabase, startPostgres, type Addresses } from '../../local/postgres/index.ts'
import { grantLogin, migrate } from '../../scripts/migrate.ts'

export interface Cluster {
  addresses: Addresses
  close(): Promise<void>
}

const template = 'everjust_template'

/** A Postgres with one migrated database, from which every world takes its copy. */
export async function openCluster(): Promise<Cluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'everjust-postgres-'))
  const server = await startPostgres({ dataDir, port: 0, durable: false, database: template })
  await migrate(server.ownerUrl)
  await grantLogin(server.ownerUrl, server.url)
  return {
    addresses: { url: server.url, ownerUrl: server.ownerUrl },
    async close() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A database of its own with every migration applied and nobody in it; `drop` cuts whoever is still connected. */
export async function freshDatabase(): Promise<Addresses & { drop(): Promise<void> }> {
  const server = await theCluster()
  const name = `world_${randomBytes(8).toString('hex')}`
  const addresses = await cloneDatabase(server, { template, name })
  // The cluster of one file goes before its worlds do, and takes their databases with it.
  return { ...addresses, drop: async () => void (own ?? (await dropDatabase(server, name))) }
}

let own: Promise<Cluster> | undefined

/** The cluster of the whole run, or one of this process when a file is run alone. */
async function theCluster(): Promise<Addresses> {
  const given = process.env['EVERJUST_TEST_POSTGRES']
  if (given) return JSON.parse(given) as Addresses
  own ??= openCluster()
  return (await own).addresses
}

after(async () => {
  await (await own)?.close()
})
