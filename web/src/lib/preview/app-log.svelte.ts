import { m } from '#lib/messages.ts'
import type { LogLine, SeenRequest } from './frame-messages.ts'

export type LogRow = LogLine & { key: number; at: number; count: number }
export type RequestRow = SeenRequest & { key: number; at: number }

const most = 500
const slowMs = 1_000

export const hasFailed = ({ status }: SeenRequest): boolean => status === 0 || status >= 400
export const isSlow = ({ ms }: SeenRequest): boolean => ms > slowMs

/** What the app wrote to its console and asked for, since its page was loaded, or for longer when that is wanted. */
export class AppLog {
  lines = $state.raw<readonly LogRow[]>([])
  requests = $state.raw<readonly RequestRow[]>([])
  /** Whether a reload leaves what stands there. */
  keep = $state(false)
  readonly errors = $derived(this.lines.reduce((sum, { level, count }) => (level === 'error' ? sum + count : sum), 0))
  readonly failed = $derived(this.requests.filter(hasFailed).length)
  #made = 0

  add(line: LogLine): void {
    const last = this.lines.at(-1)
    const same = last && last.text === line.text && last.level === line.level && last.place === line.place
    if (same) this.lines = [...this.lines.slice(0, -1), { ...last, count: last.count + 1 }]
    else this.lines = [...this.lines.slice(1 - most), { ...line, ...this.#mark(), count: 1 }]
  }

  addRequest(request: SeenRequest): void {
    this.requests = [...this.requests.slice(1 - most), { ...request, ...this.#mark() }]
  }

  /** The page was loaded anew. */
  reloaded(): void {
    if (!this.keep) this.clear()
    else if (this.lines.length > 0) this.add({ level: 'info', text: m.console_reloaded(), place: null })
  }

  clear(): void {
    this.lines = []
    this.requests = []
  }

  #mark(): { key: number; at: number } {
    return { key: ++this.#made, at: Date.now() }
  }
}
