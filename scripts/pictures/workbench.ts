import { mkdtemp, rm } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { startStack } from '../../local/stack/start.ts'
import { openWindow, schemes, take } from './camera.ts'

const sentence = 'a habit tracker with streaks'
const change = 'add a dark mode switch'
const next = 'Let me name each week, and show the best one'
/** Height to width, of all pictures of the workbench. */
const shape = 0.7
const width = 800
/** What of the page is shown beside and below a part, and the widest that a part is shown. */
const air = 16
const mostWide = 680
const window = { width: 1040, height: 900 }
const patience = 60_000

/** Parts of the workbench while somebody builds an app in it, from a whole stack of its own. */
export async function pictureWorkbench(browser: Browser, templatesDir: string): Promise<void> {
  const dataDir = await mkdtemp('/var/tmp/everjust-pictures-')
  const stack = await startStack({ dataDir, templatesDir, port: 0, settings: {} })
  try {
    const page = await openWindow(browser, window)
    page.setDefaultTimeout(patience)
    await signIn(page, stack.url)
    await ask(page, 'What should be built?', sentence)
    await ask(page, 'What should change?', change)
    await page.getByRole('article').first().locator('summary, button[aria-expanded]').first().click()
    await picture(page, 'way-steps', { within: page.locator('.steps li').first(), from: 'top' })
    await page.getByRole('button', { name: 'Jump to the latest' }).click()
    await page.getByLabel('What should change?').fill(next)
    await page
      .getByText(/^at most \$/i)
      .first()
      .waitFor()
    // What stands above the box would be cut in the middle of a line.
    await page.locator('.conversation .list').evaluate((list) => (list.style.visibility = 'hidden'))
    await picture(page, 'way-cost', {
      within: page.locator('form', { has: page.getByLabel('What should change?') }),
      from: 'bottom',
    })
    await page.setViewportSize({ ...window, width: 900 })
    await page.getByRole('tab', { name: 'Versions' }).click()
    await page.getByRole('tabpanel').locator('img').nth(1).waitFor()
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    await picture(page, 'way-versions', { within: page.getByRole('tabpanel'), from: 'top' })
  } finally {
    await stack.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/u/login**')
  await page.getByRole('button', { name: /Ada/ }).click()
  await page.waitForURL(`${url}/**`)
}

async function ask(page: Page, label: string, prompt: string): Promise<void> {
  await page.getByLabel(label).fill(prompt)
  await page.keyboard.press('Enter')
  await page.locator('article[aria-busy=false]').filter({ hasText: prompt }).last().waitFor()
}

/** The upper end of a part, or what stands above the window's lower end, with the air around it, in both colour schemes. */
async function picture(page: Page, name: string, { within, from }: { within: Locator; from: 'top' | 'bottom' }) {
  if (from === 'top') await within.evaluate((part) => part.scrollIntoView({ block: 'start' }))
  await page.waitForLoadState('networkidle')
  const box = await within.boundingBox()
  if (!box) throw new Error(`${name} is nowhere on the page`)
  const wide = Math.min(box.width + 2 * air, mostWide)
  const height = wide * shape
  const y = from === 'top' ? box.y : window.height - height
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme })
    await take(page, {
      name: `${name}-${scheme}`,
      clip: { x: Math.max(0, box.x - air), y, width: wide, height },
      width,
    })
  }
}
