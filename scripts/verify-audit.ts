import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import postgres from 'postgres'
import { openDataDir } from '../local/stack/data-dir.ts'
import { findRunning } from '../local/stack/running.ts'
import { verifyAudit, type Anchors } from './audit-chain.ts'
import { readSettings } from './settings.ts'

/**
 * `npm run audit:verify -- [anchors.json]`: whether the audit log is what was recorded. The file keeps where each chain
 * ended: kept elsewhere than the database, it shows a chain that somebody wrote anew. It is written only when all is well.
 */
const file = process.argv[2]
const url = await databaseUrl()
if (!url)
  stop('Set DATABASE_OWNER_URL in .env, or start EverJust here with npm start: there is no database to look at.')

const earlier = file && existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Anchors) : {}
const sql = postgres(url, { max: 1, onnotice: () => {} })
const { entries, anchors, faults } = await verifyAudit(sql, earlier).finally(() => sql.end())
if (faults.length > 0) stop([...faults, `The audit log is not what was recorded: ${faults.length} faults.`].join('\n'))

if (file) {
  await writeFile(`${file}.new`, `${JSON.stringify(anchors, null, 2)}\n`)
  await rename(`${file}.new`, file)
}
console.log(`The audit log is what was recorded: ${entries} entries, ${Object.keys(anchors).length} organizations.`)

async function databaseUrl(): Promise<string | undefined> {
  const settings = readSettings()
  const set = settings['DATABASE_OWNER_URL'] ?? settings['DATABASE_URL']
  const running = set ? undefined : await findRunning(openDataDir())
  if (!running) return set
  const answer = await fetch(`${running.control}/database`, { headers: { authorization: `Bearer ${running.secret}` } })
  return answer.ok ? answer.text() : undefined
}

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
