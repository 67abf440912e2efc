import { Problem, type Api } from '#lib/api.ts'
import { accountPaths, type OpenPayment, type OpenPayments } from '#lib/contract.ts'

/** Who has seen it is not told again before so many hours have passed. */
const quietHours = 20
const key = 'everjust:open-payment-seen'

/** Payments that failed and that the person may mend, told wherever they are on the site. */
export class OpenPaymentNews {
  item = $state.raw<OpenPayment | null>(null)

  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  async load(): Promise<void> {
    const answer = await this.#api.get<OpenPayments>(accountPaths.openPayments())
    if (answer instanceof Problem) return
    const quiet = Date.now() - Number(localStorage.getItem(key)) < quietHours * 3_600_000
    this.item = quiet ? null : (answer.items[0] ?? null)
  }

  later(): void {
    localStorage.setItem(key, String(Date.now()))
    this.item = null
  }
}
