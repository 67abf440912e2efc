import { createHash } from 'node:crypto'
import type postgres from 'postgres'

/** Where a chain ended when it was looked at; kept outside the database, it shows a chain that was written anew. */
export type Anchors = Record<string, { n: number; digest: string }>

export interface Verdict {
  entries: number
  anchors: Anchors
  /** What is wrong, a sentence each. */
  faults: string[]
}

interface Head {
  id: string
  n: number
  digest: string
  forgottenN: number
  forgottenDigest: string
}

/** Recomputes every digest of the audit log, in one view of the database, and compares with what earlier looks found. */
export async function verifyAudit(sql: postgres.Sql, earlier: Anchors = {}): Promise<Verdict> {
  return sql.begin('isolation level repeatable read read only', async (t) => {
    const heads = await t<Head[]>`
      select organization_id as id, n::int, digest, forgotten_n::int as "forgottenN", forgotten_digest as "forgottenDigest"
      from everjust.audit_heads order by organization_id`
    const strays = await t<{ id: string; entry: string }[]>`
      select organization_id as id, id as entry from everjust.audit_log a
      where n is null or not exists (select from everjust.audit_heads h where h.organization_id = a.organization_id)
      order by id limit 100`
    const faults = strays.map(({ id, entry }) => `${id}: row ${entry} stands outside the chain.`)
    const found = new Map<string, number>()
    let entries = 0
    for (const head of heads) {
      const walk = new Walk(head, earlier[head.id])
      await entriesOf(t, head.id).cursor(2_000, (rows) => rows.forEach((row) => walk.step(row)))
      walk.end()
      entries += walk.entries
      faults.push(...walk.faults.map((fault) => `${head.id}: ${fault}`))
      found.set(head.id, head.n)
    }
    const lost = Object.keys(earlier).filter((id) => !found.has(id))
    faults.push(...lost.map((id) => `${id}: its whole chain is gone.`))
    return { entries, faults, anchors: Object.fromEntries(heads.map(({ id, n, digest }) => [id, { n, digest }])) }
  })
}

interface Entry {
  n: number
  digest: string
  words: string
}

// The words are put together here and not by the database's own function: who could change entries could change that too.
const entriesOf = (t: postgres.TransactionSql, organizationId: string) => t<Entry[]>`
  select n::int, digest, jsonb_build_array(organization_id, n, id, (extract(epoch from at) * 1000000)::bigint, actor, action,
    subject, outcome, origin, request_id, detail)::text as words
  from everjust.audit_log where organization_id = ${organizationId} and n is not null order by n`

/** One chain, entry by entry; goes on behind a fault from what is written there, so that each is found. */
class Walk {
  readonly faults: string[] = []
  entries = 0
  #n: number
  #digest: string
  readonly #head: Head
  readonly #anchor: Anchors[string] | undefined

  constructor(head: Head, anchor: Anchors[string] | undefined) {
    this.#head = head
    this.#anchor = anchor
    this.#n = head.forgottenN
    this.#digest = head.forgottenDigest
    this.#compare()
  }

  step({ n, digest, words }: Entry): void {
    this.entries += 1
    if (n !== this.#n + 1) this.faults.push(missing(this.#n + 1, n - 1))
    else if (digest !== sha256(this.#digest + words)) this.faults.push(`entry ${n} is not what was recorded.`)
    this.#n = n
    this.#digest = digest
    this.#compare()
  }

  end(): void {
    const { n, digest } = this.#head
    if (this.#n < n) this.faults.push(missing(this.#n + 1, n))
    else if (this.#n > n) this.faults.push(`entries ${n + 1} to ${this.#n} are none that were recorded.`)
    else if (this.#digest !== digest) this.faults.push(`entry ${n} is not the one that the chain ended with.`)
    if (this.#anchor && this.#anchor.n > this.#n) this.faults.push(missing(this.#n + 1, this.#anchor.n))
  }

  #compare(): void {
    if (this.#anchor?.n === this.#n && this.#anchor.digest !== this.#digest)
      this.faults.push(`entry ${this.#n} is another than when the log was last verified.`)
  }
}

const missing = (from: number, to: number) =>
  from === to ? `entry ${from} is missing.` : `entries ${from} to ${to} are missing.`

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
