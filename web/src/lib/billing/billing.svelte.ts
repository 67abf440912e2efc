import { Problem, type Api } from '#lib/api.ts'
import {
  accountPaths,
  type Billing,
  type BilledInvoice,
  type OverLimits,
  type OrganizationId,
  type SeatsPreview,
} from '#lib/contract.ts'

/** What was paid is seen a little later than the page is back from paying: it is asked for often at first, then less so. */
const looks = { most: 60, soon: 10, soonMs: 1_500, laterMs: 6_000 }

/** How one organization pays, as somebody looks after it. */
export class BillingDesk {
  account = $state.raw<Billing | null>(null)
  invoices = $state.raw<BilledInvoice[]>([])
  /** What rests because the plan does not allow it any more. */
  over = $state.raw<OverLimits | null>(null)
  problem = $state.raw<Problem | null>(null)
  /** While what was just paid or changed is not seen yet. */
  waiting = $state(false)
  /** When that takes longer than it should. */
  late = $state(false)

  readonly #api: Api
  readonly #id: OrganizationId
  #gone = false

  constructor(api: Api, id: OrganizationId) {
    this.#api = api
    this.#id = id
  }

  async load(): Promise<void> {
    const [account, invoices, over] = await Promise.all([
      this.#api.get<Billing>(accountPaths.accountBilling(this.#id)),
      this.#api.get<{ items: BilledInvoice[] }>(accountPaths.invoices(this.#id)),
      this.#api.get<OverLimits>(accountPaths.overLimits(this.#id)),
    ])
    this.problem = account instanceof Problem ? account : null
    if (!(account instanceof Problem)) this.account = account
    if (!(invoices instanceof Problem)) this.invoices = invoices.items
    if (!(over instanceof Problem)) this.over = over
  }

  leave(): void {
    this.#gone = true
  }

  /** For who comes back from the provider of payments: has it asked how it stands, and looks until that is seen. */
  async catchUp(paid: boolean): Promise<void> {
    this.waiting = true
    const before = await this.#api.send<Billing>('POST', accountPaths.billingRefresh(this.#id))
    const seenAt = before instanceof Problem ? null : before.seenAt
    await this.#until((account) => (paid ? account.state === 'paid' : account.seenAt !== seenAt))
  }

  /** Where the browser goes to pay. */
  async checkOut(seats?: number): Promise<string | Problem> {
    return this.#onward(accountPaths.checkout(this.#id), seats === undefined ? {} : { seats })
  }

  /** Where card, plan and invoices are looked after. */
  openPortal(): Promise<string | Problem> {
    return this.#onward(accountPaths.billingPortal(this.#id))
  }

  /** Where the browser goes to buy requests ahead. */
  topUp(packs: number): Promise<string | Problem> {
    return this.#onward(accountPaths.topUps(this.#id), { packs })
  }

  /** How many requests beyond the allowance may be charged one by one each month. */
  async allowBeyond(most: number | null): Promise<Problem | undefined> {
    const answer = await this.#api.send<Billing>('PUT', accountPaths.beyond(this.#id), { most })
    if (answer instanceof Problem) return answer
    this.account = answer
    return undefined
  }

  preview(seats: number): Promise<SeatsPreview | Problem> {
    return this.#api.get<SeatsPreview>(`${accountPaths.seats(this.#id)}?seats=${seats}`)
  }

  async changeSeats(seats: number): Promise<Problem | undefined> {
    const from = this.account?.seats ?? 0
    const answer = await this.#api.send<Billing>('PUT', accountPaths.seats(this.#id), { from, seats })
    if (answer instanceof Problem) return answer
    await this.#until((account) => account.seats === seats)
    return undefined
  }

  async #onward(path: string, body?: object): Promise<string | Problem> {
    const answer = await this.#api.send<{ url: string }>('POST', path, body)
    return answer instanceof Problem ? answer : answer.url
  }

  async #until(seen: (account: Billing) => boolean): Promise<void> {
    this.waiting = true
    for (let look = 0; look < looks.most && !this.#gone; look++) {
      await this.load()
      if (this.account && seen(this.account)) break
      this.late = look >= looks.soon
      await new Promise((resolve) => setTimeout(resolve, this.late ? looks.laterMs : looks.soonMs))
    }
    this.waiting = false
    this.late = false
  }
}
