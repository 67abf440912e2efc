import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * The folder of all local state: `EVERJUST_DATA_DIR`, or one that belongs to this checkout. As root it lies outside
 * `/root`, because the database runs as another account. Deleting it starts anew.
 */
export function openDataDir(): string {
  const checkout = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8)
  const usual = process.getuid?.() === 0 ? '/var/tmp' : join(homedir(), '.local/share')
  const folder = resolve(process.env['EVERJUST_DATA_DIR'] ?? join(usual, `everjust-${checkout}`))
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}
