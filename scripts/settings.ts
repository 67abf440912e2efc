import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

export type Settings = Readonly<Record<string, string>>

/**
 * The operator's settings: `.env` of the checkout, or the file that `EVERJUST_ENV_FILE` names. Vendors' variables of the
 * surrounding shell are ignored on purpose, so that a stray key is never spent.
 */
export function readSettings(): Settings {
  const named = process.env['EVERJUST_ENV_FILE']
  const file = named ? resolve(named) : join(import.meta.dirname, '../.env')
  if (named && !existsSync(file)) throw new Error(`EVERJUST_ENV_FILE names ${file}, which is not there.`)
  if (!existsSync(file)) return {}
  const entries = Object.entries(parseEnv(readFileSync(file, 'utf8')))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => Boolean(entry[1])))
}
