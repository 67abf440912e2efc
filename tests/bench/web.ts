import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { chromium, type Page } from 'playwright-core'
import { freePort } from '../../local/listen.ts'
import { openStack } from '../stack/open-stack.ts'
import { firstLoadBudgets, weighScripts } from './parts/first-load.ts'
import { categories, scoresOf } from './parts/lighthouse.ts'
import { onStage } from './parts/stages.ts'
import { median } from './parts/statistics.ts'
import { within, type Row } from './row.ts'

const rounds = 3
const slowdown = 4
const patience = 60_000

/** What the site weighs, how Lighthouse judges it, and how soon a project can be typed into on a slow machine. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const stack = await openStack(stage)
    const profile = await mkdtemp(join(tmpdir(), 'everjust-profile-'))
    const port = await freePort()
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: await sparticuz.executablePath(),
      args: ['--no-sandbox', `--remote-debugging-port=${port}`],
    })
    stage.after(() => rm(profile, { recursive: true, force: true }))
    stage.after(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    await page.goto(stack.url, { waitUntil: 'networkidle' })
    const front = await weighScripts(page)
    const frontScores = await judge('front page', stack.url, port)
    const project = await build(page, stack.url)
    const homeScores = await judge('home', stack.url, port)
    const interactive = median(await openings(page, project))
    const weight = await weighScripts(page)
    return [
      within({ figure: 'first load of /, scripts', measured: front, unit: 'KB' }, { atMost: firstLoadBudgets.front }),
      within({ figure: 'first load of a project', measured: weight, unit: 'KB' }, { atMost: firstLoadBudgets.project }),
      within({ figure: 'project ready for typing, CPU ÷ 4', measured: interactive, unit: 'ms' }, { atMost: 1_000 }),
      ...frontScores,
      ...homeScores,
    ]
  })
}

async function judge(name: string, url: string, port: number): Promise<Row[]> {
  const rows: Row[] = []
  for (const form of ['desktop', 'mobile'] as const) {
    const scores = await scoresOf({ url: `${url}/`, port, form })
    for (const category of categories) {
      const figure = `Lighthouse, ${name}, ${form}: ${category}`
      rows.push(within({ figure, measured: scores[category], unit: 'points' }, { atLeast: 95 }))
    }
  }
  return rows
}

/** Signs in and builds an app; answers the address of its project. */
async function build(page: Page, url: string): Promise<string> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/u/login**')
  await page.getByRole('button', { name: /Ada/ }).click()
  await page.waitForURL(`${url}/**`)
  await page.getByLabel('What should be built?').fill('a habit tracker with streaks')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/projects/prj_*')
  await page.locator('article[aria-busy=false]').waitFor()
  return page.url()
}

/** Milliseconds from the start of the navigation until a character that was typed stands in the box, slowed down. */
async function openings(page: Page, project: string): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.goto(project, { waitUntil: 'commit' })
    const box = page.getByLabel('What should change?')
    await box.fill('x')
    taken.push(await page.evaluate(() => performance.now()))
    await box.fill('')
    await page.waitForLoadState('networkidle').catch(() => undefined)
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return taken
}
