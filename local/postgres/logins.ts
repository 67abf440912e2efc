import postgres from 'postgres'
import type { Passwords } from './cluster.ts'

/** The three who may log in: the owner migrates and clones, the app login owns nothing and is bound by row-level security. */
export const OWNER = 'everjust_owner'
export const LOGIN = 'everjust_login'

/** Makes the database and its two logins when they are missing, and sets their passwords (idempotent). */
export const ensureLogins = async (port: number, database: string, passwords: Passwords): Promise<void> => {
  const sql = postgres(address(port, 'postgres', ['postgres', passwords.superuser]), { max: 1, onnotice: () => {} })
  try {
    const roles = await sql<{ rolname: string }[]>`select rolname from pg_roles where rolname in (${OWNER}, ${LOGIN})`
    const missing = [OWNER, LOGIN].filter((name) => !roles.some((role) => role.rolname === name))
    for (const name of missing) await sql`create role ${sql(name)}`
    await sql.unsafe(`alter role ${OWNER} login createdb createrole password '${passwords.owner}'`)
    await sql.unsafe(`alter role ${LOGIN} login password '${passwords.login}'`)
    // The owner may act as the login in tests and cut its sessions when a database is dropped, and no more.
    await sql.unsafe(`grant ${LOGIN} to ${OWNER} with admin true, inherit false, set true`)
    await sql.unsafe(`grant pg_signal_backend to ${OWNER}`)
    const found = await sql`select 1 from pg_database where datname = ${database}`
    if (found.length === 0) await sql`create database ${sql(database)} owner ${sql(OWNER)}`
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** A connection address on this machine. */
export const address = (port: number, database: string, [user, password]: [string, string]): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
