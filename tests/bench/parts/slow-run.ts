import type { Locator, Page } from 'playwright-core'
import { startModel } from '../../../local/model/start.ts'
import { openStack } from '../../stack/open-stack.ts'
import { openPerson } from '../../stack/person.ts'
import { openBrowser } from '../../templates/browser.ts'

const apiKey = 'bench'
/** As every browser on a desk does: the app that is previewed does not work on the thread of the page. */
const ownThreads = '--site-per-process'

interface Stage {
  after(undo: () => Promise<void>): void
}

/** Somebody's page with a run under way in it. */
export interface SlowRun {
  page: Page
  /** The request, as long as it runs. */
  running: Locator
}

/** A run whose model takes `replyMs` for each reply; `script` runs in the page before its own. */
export async function openSlowRun(
  stage: Stage,
  { replyMs, script }: { replyMs: number; script?: () => void },
): Promise<SlowRun> {
  const model = await startModel({ port: 0, apiKey, latency: replyMs })
  stage.after(() => model.stop())
  const settings = { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url, MODEL: 'scripted-1' }
  const stack = await openStack(stage, { settings })
  const browser = await openBrowser([ownThreads])
  stage.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  if (script) await ada.page.addInitScript(script)
  await ada.page.goto(stack.url)
  await ada.signIn('Ada Lovelace')
  await ada.page.getByLabel('What should be built?').fill('a habit tracker with streaks')
  await ada.page.keyboard.press('Enter')
  return { page: ada.page, running: ada.page.locator('article[aria-busy=true]') }
}
