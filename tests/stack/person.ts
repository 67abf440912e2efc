import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core'
import { excessOf, faultsOf, narrow, photograph, wide } from './looking.ts'

const patience = 30_000

/** Somebody at a browser of their own, and what they see on a project's page. */
export interface Person {
  page: Page
  /** What went wrong in the page so far. */
  complaints: string[]
  /** The running app inside the preview frame. */
  app: FrameLocator
  button(name: string | RegExp): Locator
  heading(name: string | RegExp): Locator
  /** Does something that the page shows at once, and resolves when what it writes there was answered. */
  stored(address: RegExp, does: () => Promise<unknown>): Promise<void>
  /** The latest request in the conversation. */
  latest(): Locator
  /** Resolves once the latest request is this one and its run has ended. */
  seeEnd(prompt: string): Promise<void>
  signIn(name: string): Promise<void>
  ask(prompt: string): Promise<void>
  /** Moves the focus with the Tab key alone until it is there; backwards, where that is the way a person goes. */
  tabTo(target: Locator, key?: 'Tab' | 'Shift+Tab'): Promise<void>
  /** Nothing that axe finds fault with; and screenshots, when somebody wants to look. At this page, or another. */
  lookAt(screen: string, at?: Page): Promise<void>
  close(): Promise<void>
}

export async function openPerson(browser: Browser, url: string, how: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({ viewport: wide, reducedMotion: 'reduce', ...how })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const complaints = complaintsOf(page)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const latest = () => page.getByRole('article').last()
  return {
    page,
    complaints,
    app: page.frameLocator('iframe:is([title^="Preview of"], [title^="Vorschau von"])'),
    button,
    heading: (name) => page.getByRole('heading', { name, exact: typeof name === 'string' }),
    async stored(address, does) {
      const answered = page.waitForResponse(
        (response) => response.request().method() !== 'GET' && address.test(new URL(response.url()).pathname),
      )
      await Promise.all([answered, does()])
      assert.ok((await answered).ok(), `${(await answered).status()} ${(await answered).url()}`)
    },
    latest,
    async seeEnd(prompt) {
      const ended = page.locator('article[aria-busy=false]').filter({ hasText: prompt }).last()
      await ended.waitFor()
    },
    async signIn(name) {
      await button('Sign in').click()
      await page.waitForURL('**/u/login**')
      await button(new RegExp(name)).click()
      await page.waitForURL(`${url}/**`)
    },
    async ask(prompt) {
      await page.getByLabel('What should change?').fill(prompt)
      await page.keyboard.press('Enter')
    },
    tabTo: (target, key = 'Tab') => tabTo(page, target, key),
    lookAt: (screen, at = page) => lookAt(at, screen),
    close: () => context.close(),
  }
}

const mostTabs = 80

async function tabTo(page: Page, target: Locator, key: string): Promise<void> {
  for (let pressed = 0; pressed < mostTabs; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${String(target)} is not reached by ${mostTabs} times ${key}`)
}

/** What a page, or the app in its frame, complains about: errors of scripts, console errors, refused and failed requests. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  const note = (text: string, url = '') => {
    const complaint = `${text} ${url}`
    if (!passing.some((expected) => expected.test(complaint))) complaints.push(complaint)
  }
  page.on('pageerror', ({ message }) => note(message))
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text(), message.location().url)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) note(String(response.status()), response.url())
  })
  return complaints
}

// The dev server's client asks once more for a file that a restore took away; the socket of a sandbox that only begins
// is tried again, and so is the page of a dev server that starts anew.
const passing = [
  /^\[vite\] Failed to reload/,
  / http:\/\/5173-\S+\?t=\d+$/,
  /\b502\b.* http:\/\/5173-[^/]+\/$/,
  /^WebSocket connection to 'ws:\/\/8787-\S+' failed: .*: 50[23] /,
]

async function lookAt(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await faultsOf(page), [], `axe on ${screen}`)
  for (const [size, viewport] of Object.entries({ wide, narrow })) {
    await page.setViewportSize(viewport)
    const excess = await excessOf(page)
    assert.equal(excess, 0, `${screen} is ${excess} pixels wider than its ${size} window`)
    await photograph(page, `${screen}-${size}`)
  }
  await page.setViewportSize(wide)
}
