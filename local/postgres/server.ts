import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import { startKeeper } from './keeper.ts'

export type ServerOptions = { bin: string; folder: string; account: Account; durable: boolean; logFile: string }

/** Starts the server process on a port and waits (at most 20 s) until it takes connections. */
export const startServer = async (options: ServerOptions, port: number): Promise<ChildProcess> => {
  const log = await open(options.logFile, 'w', 0o600)
  // In its own session, so that Ctrl-C in a terminal does not end the database before those who use it.
  const server = spawn(join(options.bin, 'postgres'), flags(options, port), {
    ...options.account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()
  const keeper = startKeeper(server.pid ?? 0, join(options.folder, 'postmaster.pid'), options.account)
  server.once('exit', () => keeper.kill())
  const deadline = Date.now() + 20_000
  while (!(await isReady(options.folder, server.pid))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      server.kill('SIGQUIT')
      throw new Error(`PostgreSQL did not start:\n${await readFile(options.logFile, 'utf8')}`)
    }
    await sleep(10)
  }
  return server
}

/** Ends the server: open transactions are rolled back, the disk is left clean; after 10 s without manners. */
export const stopServer = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  const impatience = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await ended
  clearTimeout(impatience)
}

const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

const flags = ({ folder, durable }: ServerOptions, port: number): string[] => {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300', 'timezone=UTC']
  const all = durable ? settings : [...settings, ...quick]
  return ['-D', folder, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])]
}

// The eighth line of postmaster.pid is the server's own word on its state.
const isReady = async (folder: string, pid: number | undefined): Promise<boolean> => {
  const lines = await pidFileLines(folder)
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
}

const pidFileLines = async (folder: string): Promise<string[]> =>
  readFile(join(folder, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
