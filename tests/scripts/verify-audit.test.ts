import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import postgres from 'postgres'
import { newId } from '../../lib/contract/ids.ts'
import { auditStore } from '../../lib/store/audit.ts'
import { openDatabase } from '../../lib/store/sql.ts'
import { freshDatabase } from '../world/cluster.ts'

const root = join(import.meta.dirname, '../..')
const addresses = await freshDatabase()
const owner = postgres(addresses.ownerUrl, { max: 1, onnotice: () => {} })
const database = openDatabase(addresses.url, 2)
const folder = await mkdtemp(join(tmpdir(), 'everjust-verify-'))
after(async () => {
  await Promise.all([owner.end({ timeout: 1 }), database.close(), rm(folder, { recursive: true })])
  await addresses.drop()
})

const ada = newId('organization')
const principal = { kind: 'user', userId: newId('user'), scopes: 'all' } as const
const anchors = join(folder, 'anchors.json')

const add = (subject: string) =>
  database.asWorker((transaction) =>
    auditStore(transaction).record({
      organizationId: ada,
      principal,
      action: 'project.update',
      subject,
      requestId: 'r',
    }),
  )

beforeEach(async () => {
  await owner`truncate everjust.audit_log, everjust.audit_heads`
  await rm(anchors, { force: true })
  for (let at = 1; at <= 5; at++) await add(`subject ${at}`)
})

interface Said {
  code: number
  out: string
  errors: string[]
}

/** The command as an operator runs it, with settings of its own. */
async function verify(settings = `DATABASE_OWNER_URL=${addresses.ownerUrl}`): Promise<Said> {
  const file = join(folder, 'settings.env')
  await writeFile(file, `${settings}\n`)
  const env = { ...process.env, EVERJUST_ENV_FILE: file, EVERJUST_DATA_DIR: join(folder, 'nothing-runs-here') }
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/verify-audit.ts', anchors], { cwd: root, env }, (error, out, errors) =>
      resolve({ code: error ? Number(error.code) : 0, out, errors: errors.trim().split('\n').filter(Boolean) }),
    )
  })
}

test('it is what `npm run audit:verify` runs', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  assert.equal(scripts['audit:verify'], 'node scripts/run.js verify-audit')
})

test('of a log that nobody touched it says so, ends well, and keeps where the chain ended', async () => {
  assert.deepEqual(await verify(), {
    code: 0,
    out: 'The audit log is what was recorded: 5 entries, 1 organizations.\n',
    errors: [],
  })
  const kept = JSON.parse(await readFile(anchors, 'utf8')) as Record<string, { n: number }>
  assert.deepEqual([Object.keys(kept), kept[ada]?.n], [[ada], 5])
  await add('subject 6')
  assert.equal((await verify()).code, 0)
})

const tamperings: Record<string, { by: () => Promise<unknown>; named: string[] }> = {
  'an edit': {
    by: () => owner`update everjust.audit_log set subject = 'another' where n = 3`,
    named: [`${ada}: entry 3 is not what was recorded.`],
  },
  'a deletion': {
    by: () => owner`delete from everjust.audit_log where n = 4`,
    named: [`${ada}: entry 4 is missing.`],
  },
  'a swap': {
    by: async () => {
      for (const [from, to] of [
        [2, 99],
        [4, 2],
        [99, 4],
      ] as const)
        await owner`update everjust.audit_log set n = ${to} where n = ${from}`
    },
    named: [2, 3, 4, 5].map((n) => `${ada}: entry ${n} is not what was recorded.`),
  },
}

for (const [name, { by, named }] of Object.entries(tamperings)) {
  test(`${name} is named, and the command ends badly`, async () => {
    await by()
    const { code, out, errors } = await verify()
    const sum = `The audit log is not what was recorded: ${named.length} faults.`
    assert.deepEqual({ code, out, errors }, { code: 1, out: '', errors: [...named, sum] })
    assert.equal(existsSync(anchors), false, 'nothing is kept of a log that is not what it was')
  })
}

test('a chain that was written anew is found by the file of the last look, which stays as it was', async () => {
  await verify()
  const before = await readFile(anchors, 'utf8')
  await owner`truncate everjust.audit_log, everjust.audit_heads`
  for (let at = 1; at <= 5; at++) await add('nothing to see')
  const { code, errors } = await verify()
  assert.deepEqual([code, errors[0]], [1, `${ada}: entry 5 is another than when the log was last verified.`])
  assert.equal(await readFile(anchors, 'utf8'), before)
})

test('without a database it says what to set', async () => {
  const { code, errors } = await verify('')
  assert.equal(code, 1)
  assert.match(errors.join(' '), /^Set DATABASE_OWNER_URL/)
})
