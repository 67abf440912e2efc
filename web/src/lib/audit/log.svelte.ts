import { Problem, type Api } from '#lib/api.ts'
import { accountPaths, type AuditEntry, type AuditPage, type OrganizationId } from '#lib/contract.ts'
import { addressOf, noFilter, type AuditFilter } from './filter.ts'

/** The audit log of one organization, the newest first, as far as somebody has read. */
export class AuditLog {
  items = $state.raw<AuditEntry[] | null>(null)
  keptDays = $state(0)
  problem = $state.raw<Problem | null>(null)
  more = $state(false)
  filter = $state.raw<AuditFilter>(noFilter)

  readonly #api: Api
  readonly #id: OrganizationId
  #asked = 0

  constructor(api: Api, id: OrganizationId) {
    this.#api = api
    this.#id = id
  }

  /** From the newest on, with this filter; what an earlier one still answers is dropped. */
  async load(filter: AuditFilter = this.filter): Promise<void> {
    this.filter = filter
    const asked = ++this.#asked
    const answer = await this.#api.get<AuditPage>(addressOf(accountPaths.audit(this.#id), this.filter))
    if (asked === this.#asked) this.#take(answer, [])
  }

  async loadMore(): Promise<void> {
    const asked = ++this.#asked
    const shown = this.items ?? []
    const answer = await this.#api.get<AuditPage>(addressOf(accountPaths.audit(this.#id), this.filter, shown.at(-1)?.n))
    if (asked === this.#asked) this.#take(answer, shown)
  }

  /** All that fits the filter, the oldest first. */
  async all(): Promise<AuditEntry[] | Problem> {
    const entries: AuditEntry[] = []
    for (let after: number | undefined; ;) {
      const page = await this.#api.get<AuditPage>(addressOf(accountPaths.auditExport(this.#id), this.filter, after))
      if (page instanceof Problem) return page
      entries.push(...page.items)
      if (page.next === null) return entries
      after = page.next
    }
  }

  #take(answer: AuditPage | Problem, shown: readonly AuditEntry[]): void {
    this.problem = answer instanceof Problem ? answer : null
    if (answer instanceof Problem) return
    this.items = [...shown, ...answer.items]
    this.more = answer.next !== null
    this.keptDays = answer.keptDays
  }
}
