import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'
import { canEnter, runAs, type Account } from './account.ts'
import { refugeOf, sweepRefuges } from './refuge.ts'

const passwords = z.object({ superuser: z.string(), owner: z.string(), login: z.string() })

export type Passwords = z.infer<typeof passwords>
export type Cluster = { folder: string; passwords: Passwords }

/** Finds the database cluster of a data folder, or makes a new one with random passwords (kept 0600 beside it). */
export const openCluster = async (bin: string, dataDir: string, account: Account): Promise<Cluster> => {
  await mkdir(dataDir, { recursive: true })
  if (account) await chmod(dataDir, 0o711)
  const folder = await clusterFolder(bin, dataDir, account)
  const secretsFile = join(dataDir, 'passwords.json')
  const known = await readJson(secretsFile, passwords)
  const present = await lstat(join(folder, 'PG_VERSION')).catch(() => undefined)
  if (known && present) return { folder, passwords: known }

  // A cluster without its passwords is the remains of a deleted data folder.
  await rm(folder, { recursive: true, force: true })
  const fresh = { superuser: random(), owner: random(), login: random() }
  await createCluster(bin, { folder, passwords: fresh }, account)
  await writeJson(secretsFile, fresh)
  return { folder, passwords: fresh }
}

const random = () => randomBytes(24).toString('base64url')

const clusterFolder = async (bin: string, dataDir: string, account: Account): Promise<string> => {
  if (!account) return join(dataDir, 'cluster')
  await sweepRefuges(bin, account)
  return (await canEnter(account, dataDir)) ? join(dataDir, 'cluster') : refugeOf(dataDir)
}

// Made aside and renamed at the end: an interrupted initdb never looks like a cluster.
const createCluster = async (bin: string, { folder, passwords }: Cluster, account: Account): Promise<void> => {
  const draft = `${folder}.new`
  const passwordFile = `${folder}.password`
  await rm(draft, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, passwords.superuser, { mode: 0o600, flag: 'wx' })
  if (account) for (const path of [draft, passwordFile]) await chown(path, account.uid, account.gid)
  const flags = ['-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  await runAs(account, join(bin, 'initdb'), ['-D', draft, `--pwfile=${passwordFile}`, ...flags]).finally(() =>
    rm(passwordFile),
  )
  await rename(draft, folder)
}
