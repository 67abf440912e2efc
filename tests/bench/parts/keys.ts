import type { Page } from 'playwright-core'
import { openWork } from './work.ts'

declare global {
  // Milliseconds from each key to the end of the frame that shows it.
  var everjustKeys: number[]
}

/** Milliseconds of each key: until it is seen, and what it cost the processor on the thread of the page, whoever else was busy. */
export interface Keys {
  seen: number[]
  work: number[]
}

/** As hands do it: quick within a word, with rests in which the page does what it put off. */
const rests = [35, 60, 45, 180, 70, 40, 260, 55]

/** Hands at the keyboard of a page, every page that opens in it from now on. */
export async function openHands(page: Page): Promise<(text: string) => Promise<Keys>> {
  await page.addInitScript(watch)
  const spent = await openWork(page)
  return async (text) => {
    await page.evaluate(() => (globalThis.everjustKeys = []))
    const work: number[] = []
    let before = await spent()
    for (const [at, key] of [...text].entries()) {
      await page.keyboard.press(key === '\n' ? 'Enter' : key)
      await page.waitForTimeout(rests[at % rests.length] ?? 0)
      const after = await spent()
      work.push(after - before)
      before = after
    }
    const seen = await page.evaluate(() => globalThis.everjustKeys)
    if (seen.length < text.length) throw new Error(`${text.length} keys, ${seen.length} were seen`)
    return { seen, work }
  }
}

function watch(): void {
  globalThis.everjustKeys = []
  addEventListener(
    'keydown',
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        // What is posted in a frame arrives when that frame has been laid out and painted.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => globalThis.everjustKeys.push(performance.now() - timeStamp)
        port2.postMessage(0)
      }),
    { capture: true },
  )
}
