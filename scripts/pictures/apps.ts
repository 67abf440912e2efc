import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { readSentences } from '../showcase/sentences.ts'
import { openWindow, schemes, take } from './camera.ts'

interface Form {
  frame: { width: number; height: number }
  widths: Record<string, number>
}

/** As large as the frame that an app runs in on the front page: of a usual screen, and of a phone. */
const usual: Form = { frame: { width: 880, height: 580 }, widths: { large: 1760, middle: 880, small: 256 } }
const phone: Form = { frame: { width: 358, height: 500 }, widths: { phone: 716 } }

/** Each app of the front page as it begins, light and dark, in the sizes that the page asks for. */
export async function pictureApps(browser: Browser): Promise<void> {
  for (const { name } of await readSentences()) {
    const page = await openWindow(browser, usual.frame)
    await page.goto(pathToFileURL(join(import.meta.dirname, '../../build/showcase', name, 'index.html')).href)
    await played[name]?.(page)
    for (const form of [usual, phone]) await pictureForm(page, name, form)
    await page.close()
  }
}

async function pictureForm(page: Page, name: string, { frame, widths }: Form): Promise<void> {
  await page.setViewportSize(frame)
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const [size, width] of Object.entries(widths))
      await take(page, { name: `${name}-${scheme}-${size}`, clip: { x: 0, y: 0, ...frame }, width })
  }
}

/** What somebody has done in an app before its picture was taken, where an untouched one shows little. */
const played: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'memory-game': async (page) => {
    for (const card of [1, 2, 3, 4, 2, 7]) await page.getByRole('button', { name: `Card ${card},` }).click()
    await page.evaluate(() => scrollTo(0, 0))
  },
  timer: (page) => page.getByRole('button', { name: 'Start' }).click(),
}
