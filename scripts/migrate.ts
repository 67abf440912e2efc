import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { readSettings } from './settings.ts'

const folder = join(import.meta.dirname, '../migrations')

/**
 * Applies what is missing, in order, each file in its own transaction; returns the names applied. Safe to run twice at once.
 * A file that must wait longer for a table gives up: all who come after it would wait behind it.
 */
export async function migrate(ownerUrl: string, longestWaitMs = 5_000): Promise<string[]> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`create table if not exists everjust_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
    const applied: string[] = []
    for (const name of await migrationNames()) if (await applyOnce(sql, name, longestWaitMs)) applied.push(name)
    return applied
  } finally {
    await sql.end()
  }
}

/** Lets the login of `loginUrl` become the three roles in this database; it owns nothing and sees nothing by itself. */
export async function grantLogin(ownerUrl: string, loginUrl: string): Promise<void> {
  const login = JSON.stringify(decodeURIComponent(new URL(loginUrl).username))
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(`
      grant everjust_app, everjust_worker, everjust_operator to ${login} with inherit false, set true;
      grant usage on schema everjust to ${login};
      grant execute on function everjust.sign_in, everjust.enter, everjust.enter_unless_gone,
        everjust.find_api_key, everjust.use_api_key,
        everjust.admit, everjust.admit_by to ${login}`)
  } finally {
    await sql.end()
  }
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

async function applyOnce(sql: postgres.Sql, name: string, longestWaitMs: number): Promise<boolean> {
  const text = await readFile(join(folder, name), 'utf8')
  const sha256 = createHash('sha256').update(text).digest('hex')
  return sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('everjust_migrations'))`
    const [row] = await transaction<{ sha256: string }[]>`select sha256 from everjust_migrations where name = ${name}`
    if (row && row.sha256 !== sha256)
      throw new Error(`${name} was applied with other contents; add a new migration instead.`)
    if (row) return false
    await transaction`select set_config('lock_timeout', ${`${longestWaitMs}ms`}, true)`
    await transaction.unsafe(text).catch((error: unknown) => {
      throw isLockTimeout(error) ? new Error(busy(name), { cause: error }) : error
    })
    await transaction`insert into everjust_migrations (name, sha256) values (${name}, ${sha256})`
    return true
  })
}

const isLockTimeout = (error: unknown) => error instanceof postgres.PostgresError && error.code === '55P03'
const busy = (name: string) =>
  `${name} was not applied: a table that it changes was in use for too long. Nothing was changed by it; run this again when less is going on.`

if (import.meta.main) {
  const settings = readSettings()
  const url = settings['DATABASE_OWNER_URL'] ?? settings['DATABASE_URL']
  if (!url) {
    console.error(
      'npm run migrate needs DATABASE_OWNER_URL (or DATABASE_URL) in .env: the database, with the rights of its owner.',
    )
    process.exit(1)
  }
  const applied = await migrate(url)
  const login = settings['DATABASE_URL']
  if (login && login !== url) await grantLogin(url, login)
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.')
}
