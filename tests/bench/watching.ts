import { paths } from '../../lib/contract/paths.ts'
import { startModel } from '../../local/model/start.ts'
import { openStack } from '../stack/open-stack.ts'
import { openPerson } from '../stack/person.ts'
import { openBrowser } from '../templates/browser.ts'
import { onStage } from './parts/stages.ts'
import { within, type Row } from './row.ts'

const watchedMs = 60_000
/** So slow that a run lasts longer than it is watched. */
const replyMs = 15_000
const apiKey = 'bench'

/** How many calls of the API a browser makes in a minute while it shows a run that is under way. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const model = await startModel({ port: 0, apiKey, latency: replyMs })
    stage.after(() => model.stop())
    const settings = { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url, MODEL: 'scripted-1' }
    const stack = await openStack(stage, { settings })
    const browser = await openBrowser()
    stage.after(() => browser.close())
    const ada = await openPerson(browser, stack.url)
    await ada.page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await ada.page.keyboard.press('Enter')
    // The first reply has come: the page follows the sandbox by its socket now.
    await ada.page.locator('article[aria-busy=true]').getByText('src/App.tsx').first().waitFor({ timeout: 60_000 })

    const calls: string[] = []
    ada.page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith(paths.projects())) calls.push(`${request.method()} ${pathname}`)
    })
    await new Promise((resolve) => setTimeout(resolve, watchedMs))
    if ((await ada.page.locator('article[aria-busy=true]').count()) === 0) throw new Error('the run ended too early')
    const figure = 'function invocations by a browser that watches a run'
    return [within({ figure, measured: calls.length, unit: 'a minute' }, { atMost: 3 })]
  })
}
