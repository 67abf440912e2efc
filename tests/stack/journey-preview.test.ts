import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { MadeShare } from '../../lib/contract/share.ts'
import { openBrowser } from '../templates/browser.ts'
import { until } from '../world/until.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('how a person looks at their running app', { timeout: 600_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button, app } = ada
  page.setDefaultTimeout(90_000)
  const tab = (name: string) => page.getByRole('tab', { name }).first()
  const address = page.getByLabel('Address in the app')
  const addressed = (path: string) =>
    until(
      () => address.inputValue(),
      (value) => value === path,
    )
  const inApp = (script: string) =>
    page
      .frames()
      .find((frame) => frame.url().includes('//5173-'))
      ?.evaluate(script)
  // The app may be loaded anew while somebody points at it, for its files have changed: then they point once more.
  const editAt = async (element: Locator, text: string, tries = 3): Promise<Locator> => {
    const panel = page.getByRole('region', { name: 'Edit button' })
    await element.waitFor()
    await button('Edit directly').click()
    const timeout = tries > 1 ? 15_000 : 90_000
    const point = async () => {
      await app.locator('everjust-pick').waitFor({ timeout })
      await element.click({ force: true, timeout })
      await panel.waitFor({ timeout })
      return true
    }
    const picked = await point().catch(() => false)
    if (!picked && tries > 1) {
      await page.keyboard.press('Escape')
      return editAt(element, text, tries - 1)
    }
    await panel.getByRole('textbox', { name: 'Text', exact: true }).fill(text)
    await app.getByText(text, { exact: true }).waitFor()
    return panel
  }
  const step = stepsOf(t, stack)

  await step('builds an app, and sees where in it they are', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await page.keyboard.press('Enter')
    await ada.seeEnd('a habit tracker with streaks')
    await app.getByRole('heading', { level: 1 }).waitFor()
    await addressed('/')
    assert.equal(await button('Back').isDisabled(), true)
    await ada.lookAt('preview-1-bar')
  })

  await step('goes to another address of the app, and back', async () => {
    await address.fill('/tea?kind=green')
    await address.press('Enter')
    await addressed('/tea?kind=green')
    await button('Back').click()
    await addressed('/')
    await button('Reload the preview').click()
    await app.getByRole('heading', { level: 1 }).waitFor()
  })

  await step('sees the app as on a phone, turned, and as wide as they like', async () => {
    // The frame is of another process, which hears of its size a moment later.
    const wide = (fits: (width: number) => boolean) => until(async () => Number(await inApp('innerWidth')), fits)
    await button('Size of the preview').click()
    await button(/^Phone/).click()
    await wide((width) => width === 390)
    await ada.lookAt('preview-2-phone')
    await button('Turn it').click()
    await wide((width) => width === 844)
    await page.keyboard.press('Escape')
    await page.getByRole('separator', { name: 'Drag to make it wider or narrower' }).press('ArrowRight')
    await wide((width) => width === 854)
    await button('Size of the preview').click()
    await button('All there is').click()
    await page.keyboard.press('Escape')
    await wide((width) => width > 900)
  })

  await step('reads the console, with the line of the code that wrote it', async () => {
    await inApp(`console.warn('few leaves', { left: 2 }); console.error('no water'); fetch('/absent.json')`)
    await tab('Console').getByText('problems').waitFor({ state: 'attached' })
    await tab('Console').click()
    await page.getByText('few leaves {"left":2}').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'no water' }).waitFor()
    await ada.lookAt('preview-3-console')
    await page.getByRole('searchbox', { name: 'Filter' }).fill('leaves')
    await page.getByRole('listitem').filter({ hasText: 'no water' }).waitFor({ state: 'detached' })
    await page.getByRole('searchbox', { name: 'Filter' }).fill('')
    await button('Warnings').click()
    await page.getByRole('listitem').filter({ hasText: 'few leaves' }).waitFor({ state: 'detached' })
    await button('Warnings').click()
  })

  await step('has what the console says fixed', async () => {
    await page.getByRole('listitem').filter({ hasText: 'no water' }).getByRole('button', { name: 'Fix this' }).click()
    await page.getByRole('list', { name: 'Attached' }).getByText('no water').waitFor()
    await page.getByRole('list', { name: 'Attached' }).getByRole('button').click()
    await page.getByLabel('What should change?').fill('')
  })

  await step('reads what the app asked for, and clears it', async () => {
    await tab('Requests').click()
    await page.getByRole('cell', { name: /absent\.json/ }).waitFor()
    await ada.lookAt('preview-4-requests')
    await button('Clear').click()
    await page.getByText('The app has asked for nothing yet.').waitFor()
    await tab('Preview').click()
  })

  await step('takes a picture of the app, and attaches one to the request', async () => {
    await button('More of the preview').click()
    const [saved] = await Promise.all([page.waitForEvent('download'), button('Save a picture').click()])
    assert.match(saved.suggestedFilename(), /\.png$/)
    if (process.env['EVERJUST_SCREENSHOTS']) await saved.saveAs(`${process.env['EVERJUST_SCREENSHOTS']}/picture.png`)
    await button('More of the preview').click()
    await button('Attach a picture to the request').click()
    await page
      .getByRole('list', { name: 'Attached' })
      .getByText(/\.png$/)
      .waitFor()
    await page.getByRole('list', { name: 'Attached' }).getByRole('button').click()
  })

  await step('opens the app on a phone by a code', async () => {
    await button('More of the preview').click()
    await button('Open on a phone').click()
    await page.getByRole('img', { name: 'A code that leads to the preview' }).waitFor()
    await ada.lookAt('preview-5-code')
    await page.keyboard.press('Escape')
  })

  await step('shares the running app by a link, which somebody without an account opens', async () => {
    await button('Share the running app').click()
    const dialog = page.getByRole('dialog', { name: 'Share the running app' })
    await dialog.getByText('No link leads to the app now.').waitFor()
    await dialog.getByLabel('The link ends after').selectOption('1 day')
    await dialog.getByRole('button', { name: 'Make a link' }).click()
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue()
    await ada.lookAt('preview-7-share')
    const stranger = await openPerson(browser, stack.url)
    await stranger.page.goto(link)
    const shown = stranger.page.frameLocator('iframe[title^="Habit tracker"]')
    await shown.getByRole('heading', { level: 1 }).waitFor()
    await stranger.lookAt('preview-8-shared')
    await ada.stored(/\/shares\/prj_\w+\/shr_/, () => dialog.getByRole('button', { name: 'End this link' }).click())
    await dialog.getByText('No link leads to the app now.').waitFor()
    // Who has it open is asked nothing and reloads nothing.
    await stranger.page.getByText('This link leads nowhere.').waitFor()
    await stranger.lookAt('preview-9-over')
    await stranger.close()
    await dialog.getByRole('button', { name: 'Close' }).click()
  })

  await step('changes words of the app by hand, and keeps them as a version', async () => {
    const words = app.getByText('Add habit', { exact: true })
    const panel = await editAt(words, 'Grow a habit')
    await panel.getByRole('button', { name: 'Discard' }).click()
    await words.waitFor()
    await editAt(words, 'Grow a habit')
    await panel.getByRole('textbox', { name: 'Radius' }).fill('2px')
    await panel.getByRole('textbox', { name: 'Radius' }).press('Enter')
    await panel.getByText('1 changed, not saved').waitFor()
    await ada.lookAt('preview-10-edit')
    await panel.getByRole('button', { name: 'Save as a version' }).click()
    await page.getByText('Saved as version 2').waitFor()
    await panel.waitFor({ state: 'detached' })
    await tab('Versions').click()
    await page.getByText('Edited button in the preview').first().waitFor()
    await tab('Preview').click()
    // What stands there after a new load is the code, as soon as it has reached the sandbox.
    const grown = app.getByText('Grow a habit', { exact: true })
    await grown.waitFor()
    const isCode = (element: HTMLElement | SVGElement) =>
      element.style.borderRadius === '' && getComputedStyle(element).borderRadius === '2px'
    const loadedAnew = async () => {
      await button('Reload the preview').click()
      await app.getByRole('heading', { level: 1 }).waitFor()
      return grown.evaluate(isCode, undefined, { timeout: 5_000 }).catch(() => false)
    }
    await until(loadedAnew, Boolean)
  })

  await step('takes a saved change back while its word stands there', async () => {
    await editAt(app.getByText('Grow a habit', { exact: true }), 'Plant a habit')
    await button('Save as a version').click()
    await page.getByText('Saved as version 3').waitFor()
    await button('Undo').last().click()
    await page.getByText('version 4', { exact: true }).first().waitFor()
    await app.getByText('Grow a habit', { exact: true }).waitFor()
  })

  await step('wakes a sandbox that sleeps, and reads how far it is; so does who has a link', async () => {
    const caller = await stack.as('ada@example.com')
    const project = new URL(page.url()).pathname.split('/').at(-1) as ProjectId
    const shared = await caller.post<MadeShare>(projectPaths.shares(project), { hours: 1 })
    await caller.delete(projectPaths.sandbox(project))
    // An idle page asks for news every 30 s, and at once when it is on the network again.
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('The preview is asleep.').waitFor()
    await ada.lookAt('preview-11-asleep')
    const steps = (at: Page) => at.getByRole('list', { name: 'The sandbox is starting' }).getByText('the machine')
    await Promise.all([steps(page).waitFor(), button('Start the preview').click()])
    await app.getByRole('heading', { level: 1 }).waitFor()
    await caller.delete(projectPaths.sandbox(project))
    const stranger = await openPerson(browser, stack.url)
    const told = steps(stranger.page).waitFor()
    await stranger.page.goto(`${stack.url}/share/${shared.body.token}`)
    await told
    await stranger.page.frameLocator('iframe[title^="Habit tracker"]').getByRole('heading', { level: 1 }).waitFor()
    await stranger.close()
  })

  await step('comes back after a while, and finds the app begun anew', async () => {
    await page.clock.install()
    const show = (state: string) =>
      page.evaluate((seen) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: seen })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await show('hidden')
    await page.clock.fastForward('04:59')
    assert.equal(await page.locator('iframe[title^="Preview of"]').count(), 1)
    await page.clock.fastForward('00:02')
    await page.locator('iframe[title^="Preview of"]').waitFor({ state: 'detached' })
    await show('visible')
    await page.clock.resume()
    await page.getByText('It has begun anew').waitFor()
    await app.getByRole('heading', { level: 1 }).waitFor()
    await ada.lookAt('preview-6-back')
  })
})
