import { openSlowRun } from './parts/slow-run.ts'
import { onStage } from './parts/stages.ts'
import { quantile } from './parts/statistics.ts'
import { beside, within, type Row } from './row.ts'

/** So slow that something is streamed while somebody types. */
const replyMs = 400
const typed = 'and a button that clears everything, with a question before'

/** How long after the runner wrote it an event stands on the screen, and what a key costs in the box meanwhile. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const { page, running } = await openSlowRun(stage, { replyMs, script: watch })
    await running.locator('.steps li').first().waitFor({ timeout: 60_000 })
    const box = page.getByLabel('What should change?')
    await box.pressSequentially(typed, { delay: 40 })
    await page.locator('article[aria-busy=false]').first().waitFor({ timeout: 120_000 })
    const { shown, heard, keys } = await page.evaluate(() => globalThis.everjustBench)
    if (shown.length < 10 || keys.length < typed.length)
      throw new Error(`only ${shown.length} events, ${keys.length} keys`)
    const heardBy = (part: number) => quantile(heard, part)
    return [
      beside({ figure: 'event at the page, p50', measured: heardBy(0.5), unit: 'ms' }),
      beside({ figure: 'event at the page, p95', measured: heardBy(0.95), unit: 'ms' }),
      beside({ figure: 'event on the screen, p50', measured: quantile(shown, 0.5), unit: 'ms' }),
      within({ figure: 'event on the screen, p95', measured: quantile(shown, 0.95), unit: 'ms' }, { atMost: 100 }),
      within(
        { figure: 'key in the box during a run, p95', measured: quantile(keys, 0.95), unit: 'ms' },
        { atMost: 16 },
      ),
    ]
  })
}

declare global {
  // What the page keeps for this bench, in milliseconds.
  var everjustBench: { shown: number[]; heard: number[]; keys: number[] }
}

/** Runs in the page before its own scripts: the machine has one clock, and every event says when the runner wrote it. */
function watch(): void {
  const bench = { shown: [] as number[], heard: [] as number[], keys: [] as number[] }
  globalThis.everjustBench = bench
  let written: number[] = []
  // These always change a row; a phase that goes on changes nothing.
  const visible = new Set(['text', 'tool_started', 'tool_ended'])
  const Socket = WebSocket
  globalThis.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      // What was written before is caught up on, which is no matter of how fast news is.
      let openedAt = Infinity
      this.addEventListener('open', () => (openedAt = Date.now()))
      this.addEventListener('message', ({ data }) => {
        const { events } = JSON.parse(String(data)) as {
          events: { at: string; data: { progress?: { kind: string } } }[]
        }
        const steps = events.filter(({ data }) => visible.has(data.progress?.kind ?? ''))
        const news = steps.map(({ at }) => Date.parse(at)).filter((at) => at >= openedAt)
        bench.heard.push(...news.map((at) => Date.now() - at))
        written.push(...news)
      })
    }
  }
  new MutationObserver((changes) => {
    const inTalk = changes.some(({ target }) =>
      (target instanceof Element ? target : target.parentElement)?.closest('.turns'),
    )
    if (!inTalk || written.length === 0) return
    const due = written
    written = []
    requestAnimationFrame(() => bench.shown.push(...due.map((at) => Date.now() - at)))
  }).observe(document, { subtree: true, childList: true, characterData: true })
  addEventListener(
    'keydown',
    () => {
      const pressed = performance.now()
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => bench.keys.push(performance.now() - pressed)
      addEventListener('input', () => port2.postMessage(0), { once: true })
    },
    { capture: true },
  )
}
