import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { atRest } from '../templates/at-rest.ts'

export const wide = { width: 1440, height: 900 }
export const narrow = { width: 390, height: 844 }

/** What axe finds fault with, its rules of WCAG 2.2 among them. The app in a frame is a page of its own, with landmarks of its own. */
export async function faultsOf(page: Page): Promise<unknown[]> {
  await atRest(page)
  const axe = new AxeBuilder({ page }).exclude('iframe').options({ rules: { 'target-size': { enabled: true } } })
  const { violations } = await axe.analyze()
  return violations
    .map(({ id, nodes }) => [id, nodes.filter((node) => !stands(id, node.html))] as const)
    .filter(([, nodes]) => nodes.length > 0)
    .map(([id, nodes]) => [id, nodes.map(({ target, html }) => [target, html.slice(0, 200)])])
}

/** An open menu holds the focus and belongs to its button: it lies beside the landmarks. */
const stands = (rule: string, html: string): boolean => rule === 'region' && html.includes('data-bits-floating-c')

/** By how many pixels the page is wider than its window. */
export const excessOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

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
