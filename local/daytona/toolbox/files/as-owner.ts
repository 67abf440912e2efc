import { once } from 'node:events'
import { Refusal } from '../../http/refusal.ts'
import { runAs } from '../process/run-as.ts'
import type { Account } from '../settings.ts'

const PATH = '/usr/local/bin:/usr/bin:/bin'

/**
 * Runs a small program with the rights of whoever owns the place, so that the kernel, not our checks, decides what it may
 * touch. Answers its output; exit codes that are not in `accepted` are refused with what the program said.
 */
export async function asOwner(
  owner: Account,
  command: readonly [string, ...string[]],
  accepted: readonly number[] = [0],
): Promise<string> {
  const child = runAs(owner, { command, cwd: '/', env: { PATH, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  const complaints: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== null && accepted.includes(code)) return Buffer.concat(output).toString('utf8')
  const said = Buffer.concat(complaints).toString('utf8').trim()
  const missing = said.includes('No such file')
  throw new Refusal(missing ? 404 : 400, said || `${command[0]} failed`, missing ? 'FILE_NOT_FOUND' : undefined)
}
