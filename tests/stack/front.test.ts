import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstLoadBudgets, weighScripts } from '../bench/parts/first-load.ts'
import { openBrowser } from '../templates/browser.ts'
import { narrow, photograph } from './looking.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

/** An app takes long to build where much else goes on. */
const patience = 60_000
const sentence = 'A quiz with ten questions and a score at the end'

test('what a stranger does on the front page', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const stranger = await openPerson(browser, stack.url)
  const { page } = stranger
  page.setDefaultTimeout(patience)
  const app = page.frameLocator('iframe[title$=", running"]')
  const step = stepsOf(t, stack)

  await step('sees the box to type in and a real app on the first screen', async () => {
    await page.goto(stack.url)
    await stranger.heading(/^Describe an app\./).waitFor()
    await page.waitForLoadState('networkidle')
    await page.getByRole('img', { name: /^Habit tracker/ }).waitFor()
    const kilobytes = await weighScripts(page)
    assert.ok(kilobytes <= firstLoadBudgets.front, `the front page brings ${kilobytes.toFixed(1)} KB of scripts`)
    await stranger.lookAt('20-front')
  })

  await step('tries an app in place, which has no origin of ours and complains about nothing', async () => {
    await stranger.button(/^Try it here/).click()
    await app.getByLabel('New habit').fill('Drink water')
    await app.getByRole('button', { name: 'Add habit' }).click()
    await app.getByRole('button', { name: 'Drink water, done today' }).click()
    const inside = page.frames().find((frame) => frame.url().includes('/showcase/'))
    assert.equal(await inside?.evaluate(() => self.origin), 'null')
    await stranger.lookAt('21-front-running')
  })

  await step('opens every other app, and reads the code of one', async () => {
    for (const name of ['Kanban board', 'Dashboard', 'Memory game', 'Focus timer', 'Landing page']) {
      await page.getByRole('button', { name, exact: true }).click()
      await stranger.button(/^Try it here/).click()
      await app.getByRole('heading', { level: 1 }).waitFor()
      assert.doesNotMatch(await app.locator('body').innerText(), /NaN|undefined/)
    }
    await stranger.button('See its code').click()
    await page.getByText('export function App').waitFor()
    await page.getByText(/\d+ files, \d+ lines, written by the scripted demo/).waitFor()
    await stranger.lookAt('22-front-code')
  })

  await step('takes a sentence from an app, then one from the ideas', async () => {
    const box = page.getByLabel('What should be built?')
    await stranger.button('Build one like this').click()
    assert.equal(await box.inputValue(), 'A landing page for a bicycle workshop')
    await page.getByRole('button', { name: /^Quiz/ }).click()
    assert.equal(await box.inputValue(), sentence)
    assert.equal(await box.evaluate((element) => element === document.activeElement), true)
  })

  await step('sees what it costs', async () => {
    await stranger.heading('What it costs').scrollIntoViewIfNeeded()
    await page.getByText('50 runs a month').waitFor()
    await stranger.lookAt('23-front-costs')
  })

  await step('changes the language and keeps what was typed', async () => {
    await stranger.button('Deutsch').click()
    await stranger.heading(/^Beschreib eine App\./).waitFor()
    assert.equal(await page.getByLabel('Was soll gebaut werden?').inputValue(), sentence)
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de')
    await stranger.lookAt('24-front-german')
    await page.mouse.move(200, 200)
    await stranger.button('English').click()
    await stranger.heading(/^Describe an app\./).waitFor()
  })

  await step('builds it: signs in on the way, and the app is made from what was typed', async () => {
    await stranger.button('Build it').click()
    await page.waitForURL('**/u/login**')
    await stranger.button(/Ada/).click()
    await page.waitForURL('**/projects/prj_*')
    await stranger.seeEnd(sentence)
    await stranger.app.getByRole('heading', { level: 1 }).waitFor()
  })

  await step(
    'does so in German on a phone: an app to touch in less than two minutes, there after a reload too',
    async () => {
      const grace = await openPerson(browser, stack.url, { viewport: narrow, hasTouch: true, locale: 'de-DE' })
      grace.page.setDefaultTimeout(patience)
      const began = Date.now()
      await grace.page.goto(stack.url)
      await grace.heading(/^Beschreib eine App\./).waitFor()
      await grace.page.getByLabel('Was soll gebaut werden?').fill('Ein Habit-Tracker mit Serien')
      await photograph(grace.page, '25-phone-asked')
      await grace.button('Bauen').tap()
      await grace.page.waitForURL('**/u/login**')
      await photograph(grace.page, '26-phone-sign-in')
      await grace.button(/Grace/).tap()
      await grace.page.waitForURL('**/projects/prj_*')
      await grace.page.locator('article .steps li').first().waitFor()
      await photograph(grace.page, '27-phone-building')
      const toPreview = grace.page.getByRole('navigation').getByRole('button', { name: 'Vorschau' })
      await toPreview.tap()
      await grace.app.getByRole('button', { name: 'Add habit' }).waitFor({ timeout: 110_000 })
      const seconds = (Date.now() - began) / 1_000
      t.diagnostic(`first app on a phone after ${seconds.toFixed(0)} s`)
      assert.ok(seconds < 120, `${seconds} s`)
      await photograph(grace.page, '28-phone-app')
      await grace.page.reload()
      await toPreview.and(grace.page.locator('[aria-current=page]')).waitFor()
      await grace.app.getByLabel('New habit').fill('Wasser trinken')
      await photograph(grace.page, '29-phone-again')
      assert.deepEqual(grace.complaints, [])
      await grace.close()
    },
  )

  await step('no page complained', async () => {
    assert.deepEqual(stranger.complaints, [])
  })
})
