import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { atRest } from '../templates/at-rest.ts'

export const wide = { width: 1440, height: 900 }
export const narrow = { width: 390, height: 844 }

/** What axe finds fault with, its rules of WCAG 2.2 among them. The app in a frame is a page of its own, with landmarks of its own. */
export async function faultsOf(page: Page, only: string[] = []): Promise<unknown[]> {
  await atRest(page)
  const axe = new AxeBuilder({ page }).exclude('iframe').options({ rules: { 'target-size': { enabled: true } } })
  const { violations } = await (only.length > 0 ? axe.withRules(only) : axe).analyze()
  return violations
    .map(({ id, nodes }) => [id, nodes.filter((node) => !stands(id, node.html))] as const)
    .filter(([, nodes]) => nodes.length > 0)
    .map(([id, nodes]) => [id, nodes.map(({ target, html }) => [target, html.slice(0, 200)])])
}

/** An open menu holds the focus and belongs to its button: it lies beside the landmarks. */
const stands = (rule: string, html: string): boolean => rule === 'region' && html.includes('data-bits-floating-c')

/** By how many pixels the page is wider than its window. */
export const excessOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    // What follows from another size of the window is laid out in the frames after it.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    return document.documentElement.scrollWidth - innerWidth
  })

/** Words of ours that end in dots or at an edge. What people named may be too long for its place, and says so by its title. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const own = 'button, [role=tab], [role=tablist], h1, h2, h3, label, legend, nav *, summary, .tag, .button *'
    const named = 'iframe *, .unseen, .unseen *, [title], [title] *, [aria-hidden=true], input, textarea, pre *'
    return [...document.querySelectorAll<HTMLElement>(own)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(named))
      .filter((element) => getComputedStyle(element).overflowX !== 'visible')
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.innerText.trim() !== '')
      .filter((element) => getComputedStyle(element).overflowX !== 'auto' || element.matches('[role=tablist]'))
      .map((element) => `${element.innerText.trim()}: ${element.scrollWidth} in ${element.clientWidth}`)
  })

/** What is chosen and does not show it where the system draws in few colours of its own, which takes ours away. */
export async function unseenChoices(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' })
  const unseen = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.cssText = 'forced-color-adjust: none; background: Highlight'
    const shown = getComputedStyle(probe).backgroundColor
    probe.remove()
    const chosen =
      '[aria-pressed=true], [role=tab][aria-selected=true], [role=option][aria-selected=true], button[aria-current]'
    return [...document.querySelectorAll(chosen)]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).backgroundColor !== shown)
      .map((element) => element.outerHTML.slice(0, 120))
  })
  await page.emulateMedia({ forcedColors: 'none' })
  return unseen
}

/** From here on, every page of the context notes what moves by itself while it loads. */
export const watchShifts = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const moved: Shift[] = []
    Object.assign(globalThis, { everjustShifts: moved })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[]) {
        if (entry.hadRecentInput) continue
        const nodes = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 120) : ''))
        moved.push({ by: entry.value, nodes })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })

export interface Shift {
  by: number
  nodes: string[]
}
interface LayoutShift {
  value: number
  hadRecentInput: boolean
  sources: { node: unknown }[]
}

export const shiftsOf = (page: Page): Promise<Shift[]> =>
  page.evaluate(() => (globalThis as unknown as { everjustShifts: Shift[] }).everjustShifts)

/** Pictures of the page in light and dark, when somebody says where to put them. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['EVERJUST_SCREENSHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.mouse.move(0, 0)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' })
  }
}
