import type { ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { freePort } from '../listen.ts'
import { serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import type { Addresses } from './clone.ts'
import { openCluster } from './cluster.ts'
import { address, ensureLogins, LOGIN, OWNER } from './logins.ts'
import { endOrphan } from './orphan.ts'
import { startServer, stopServer, type ServerOptions } from './server.ts'

export { cloneDatabase, dropDatabase, type Addresses } from './clone.ts'

export type PostgresOptions = {
  dataDir: string
  port: number
  /** false = fsync off: several times faster, a power cut may lose the data. */
  durable?: boolean
  database?: string
}

export type Postgres = Addresses & { port: number; stop(): Promise<void> }

/**
 * Starts a real PostgreSQL on 127.0.0.1 (port 0 = any free one). `url` is a login that owns nothing, `ownerUrl` owns
 * the database and may create roles and databases, as on a managed server; neither is a superuser.
 */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const database = options.database ?? 'everjust'
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const account = serverAccount()
  const bin = await findBinaries(account)
  const { folder, passwords } = await openCluster(bin, dataDir, account)
  await endOrphan({ bin, folder, account, launcherFile: join(dataDir, 'launcher.pid') })
  const { server, port } = await startOn(options.port, {
    bin,
    folder,
    account,
    durable: options.durable ?? true,
    logFile: join(dataDir, 'postgres.log'),
  })
  await ensureLogins(port, database, passwords).catch(async (cause: unknown) => {
    await stopServer(server)
    throw cause
  })
  return {
    port,
    url: address(port, database, [LOGIN, passwords.login]),
    ownerUrl: address(port, database, [OWNER, passwords.owner]),
    stop: () => stopServer(server),
  }
}

// A free port may be taken by somebody else before the server gets to it, so chance gets three tries.
const startOn = async (wanted: number, options: ServerOptions): Promise<{ server: ChildProcess; port: number }> => {
  for (let attempt = 1; ; attempt++) {
    const port = wanted || (await freePort())
    try {
      return { server: await startServer(options, port), port }
    } catch (cause) {
      if (wanted || attempt === 3) throw cause
    }
  }
}
