import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../local/listen.ts'
import { serverAccount } from '../../local/postgres/account.ts'
import { takesConnections } from './takes-connections.ts'
import { until } from './until.ts'

/** Few, so that each connection to the server goes from hand to hand. */
const connections = 3

export interface Pooler {
  /** The address of the same database through the pooler. */
  url: string
  close(): Promise<void>
}

/** PgBouncer as DigitalOcean runs it for a pool in transaction mode, in front of the database of this address. */
export async function openPooler(databaseUrl: string): Promise<Pooler> {
  const behind = new URL(databaseUrl)
  const folder = await mkdtemp(join(tmpdir(), 'everjust-pooler-'))
  const account = serverAccount()
  const port = await freePort()
  const settings = [
    ...['[databases]', `* = host=${behind.hostname} port=${behind.port}`, '[pgbouncer]'],
    ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir =', 'pool_mode = transaction'],
    ...['auth_type = plain', `auth_file = ${join(folder, 'users.txt')}`],
    ...[`default_pool_size = ${connections}`, 'max_client_conn = 200'],
  ]
  const files = { 'pooler.ini': settings.join('\n'), 'users.txt': `"${behind.username}" "${behind.password}"\n` }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 })
  if (account) {
    await chmod(folder, 0o700)
    for (const path of ['', ...Object.keys(files)]) await chown(join(folder, path), account.uid, account.gid)
  }
  const server = spawn('pgbouncer', [join(folder, 'pooler.ini')], {
    ...account,
    stdio: 'ignore',
    env: { PATH: programs },
  })
  const gone = once(server, 'exit')
  const url = new URL(databaseUrl)
  url.port = String(port)
  const close = async () => {
    server.kill('SIGKILL')
    await gone
    await rm(folder, { recursive: true, force: true })
  }
  const answers = (takes: boolean) => takes || server.exitCode !== null
  await until(() => takesConnections(port), answers).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return { url: url.href, close }
}

/** Whether PgBouncer is here; as root on Debian or Ubuntu it is installed, once for the machine. */
export function hasPooler(): boolean {
  return installed('pgbouncer') || install()
}

const programs = '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin'
const shell = { env: { PATH: programs, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore', timeout: 180_000 } as const

const installed = (program: string) => spawnSync('/bin/sh', ['-c', `command -v ${program}`], shell).status === 0

function install(): boolean {
  if (process.getuid?.() !== 0 || !installed('apt-get')) return false
  const get = 'apt-get install -y --no-install-recommends pgbouncer'
  // The package starts a pooler of its own, which nobody asked for.
  const rest = '{ systemctl disable --now pgbouncer || true; }'
  try {
    execFileSync('/bin/sh', ['-c', `{ ${get} || { apt-get update && ${get}; }; } && ${rest}`], shell)
  } catch {
    return false
  }
  return installed('pgbouncer')
}
