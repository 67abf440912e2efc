import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../templates/browser.ts'
import { lostConnection } from './lost-connection.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { nameGoesBack, queueGoesBack } from './refused.ts'
import { stepsOf } from './steps.ts'

test('how a person talks with EverJust in a browser', { timeout: 600_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button, latest } = ada
  page.setDefaultTimeout(60_000)
  const box = page.getByLabel('What should change?')
  const queue = page.getByRole('region', { name: 'Messages that wait' })
  const step = stepsOf(t, stack)

  await step('is asked back, and answers with a choice', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByLabel('What should be built?').fill('a habit tracker with streaks, but first ask me for the colour')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'A question to you' }).getByText('Which colour').waitFor()
    await ada.lookAt('talk-1-question')
    await button('Teal').click()
    await page.locator('article[aria-busy=false] .ask').getByText('Teal', { exact: true }).waitFor()
    await latest().getByRole('button', { name: 'version 1' }).waitFor()
    await page.getByRole('banner').getByText('checks pass').waitFor()
  })

  await step('points at an element of the app, with the pointer and with the keyboard', async () => {
    const attached = page.getByRole('list', { name: 'Attached' })
    const heading = ada.app.getByRole('heading', { level: 1 })
    await button('Pick an element').click()
    await page.getByText('Click an element, or go to it with Tab and press Enter.').waitFor()
    assert.equal(await button('Pick an element').getAttribute('aria-pressed'), 'true')
    await ada.app.locator('everjust-pick').waitFor()
    const place = await heading.boundingBox()
    assert.ok(place)
    await page.mouse.click(place.x + 4, place.y + place.height / 2)
    await attached.getByText('<h1>').waitFor()
    assert.equal(await box.evaluate((element) => element === document.activeElement), true)
    await ada.lookAt('talk-1a-element')
    await attached.getByRole('button', { name: /^Remove/ }).click()
    await button('Pick an element').press('Enter')
    await ada.app.locator('everjust-pick').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await attached.getByRole('button', { name: /^Remove/ }).click()
    await button('Pick an element').press('Enter')
    await ada.app.locator('everjust-pick').waitFor()
    await page.keyboard.press('Escape')
    await ada.app.locator('everjust-pick').waitFor({ state: 'detached' })
    assert.equal(await button('Pick an element').evaluate((element) => element === document.activeElement), true)
  })

  await step('has an error that the app made in use fixed', async () => {
    const app = page.frames().find((frame) => frame.url().includes('//5173-'))
    await app?.evaluate(`
      document.querySelector('h1').onclick = () => { throw new RangeError('no such day') }
    `)
    await ada.app.getByRole('heading', { level: 1 }).click()
    await page.getByRole('status').getByText('Error in the preview: RangeError: no such day').waitFor()
    await ada.lookAt('talk-1b-error')
    await button('Fix this error').click()
    await page.getByRole('list', { name: 'Attached' }).getByText('RangeError: no such day').waitFor()
    assert.equal(await box.inputValue(), 'Fix this error.')
    await button('Fix this error').waitFor({ state: 'detached' })
    await page.getByRole('list', { name: 'Attached' }).getByRole('button').click()
    await box.fill('')
    assert.equal(ada.complaints.splice(0).join(), 'no such day ')
  })

  await step('sees the price of a request before it is sent', async () => {
    await box.fill('add a dark mode switch')
    await page.getByText(/at most \$0\.\d+.* · simulated/).waitFor()
    await button('Model and limit').click()
    await page.getByLabel('Stop at').fill('0.25')
    await page.getByText('at most $0.25, your limit').waitFor()
    await ada.lookAt('talk-2-price')
  })

  await step('lets messages wait, and stops the run before them', async () => {
    await box.press('Enter')
    await button('Stop').waitFor()
    for (const prompt of ['add a clear all button', 'rename it to Rituals', 'make it purple']) {
      await ada.ask(prompt)
      await queue.getByText(prompt).waitFor()
    }
    await queue.getByText('3 messages wait').waitFor()
    await ada.lookAt('talk-3-queue')
    await button('Stop').click()
    await page.locator('article[aria-busy=false]').getByText('You stopped this run.').waitFor()
    await button('Go on').waitFor()
    await ada.lookAt('talk-4-paused')
  })

  await step('sees what was changed at once, and as it was before when that is refused', () =>
    queueGoesBack(ada, 'add a clear all button'),
  )

  await step('orders, edits and removes what waits with the keyboard, and lets it go on', async () => {
    await queue.getByRole('button', { name: /^Move “rename it/ }).press('ArrowUp')
    await queue.getByRole('listitem').first().getByText('rename it to Rituals').waitFor()
    await queue.getByRole('button', { name: 'Edit “rename it to Rituals”' }).press('Enter')
    await queue.getByLabel('Message').fill('rename it to Daily rituals')
    await page.keyboard.press('Enter')
    await queue.getByText('rename it to Daily rituals').waitFor()
    await queue.getByRole('button', { name: 'Remove “add a clear all button”' }).press('Enter')
    await queue.getByText('2 messages wait').waitFor()
    await button('Go on').press('Enter')
    await ada.seeEnd('rename it to Daily rituals')
    await ada.seeEnd('make it purple')
    await queue.waitFor({ state: 'detached' })
    await ada.app.getByRole('heading', { name: 'Daily rituals' }).waitFor()
  })

  await step('plans without a change, then builds what was planned', async () => {
    const current = page.getByRole('banner').getByText(/^version \d+$/)
    const before = await latest()
      .getByRole('button', { name: /^version \d+$/ })
      .innerText()
    await current.and(page.getByText(before, { exact: true })).waitFor()
    await page.getByText('Plan', { exact: true }).click()
    await ada.ask('add a clear all button')
    await ada.seeEnd('add a clear all button')
    await latest().getByText('plan, no file changed').waitFor()
    assert.equal(await current.textContent(), before)
    await ada.lookAt('talk-5-plan')
    await latest().getByRole('button', { name: 'Build it' }).click()
    await ada.seeEnd('Build it.')
    await ada.app.getByRole('button', { name: /clear all/i }).waitFor()
  })

  await step('goes back to before an earlier request and asks something else', async () => {
    const before = page.getByRole('article').filter({ hasText: 'make it purple' })
    const asked = page.locator(`article[aria-posinset="${await before.getAttribute('aria-posinset')}"]`)
    await asked.getByRole('button', { name: 'Edit this request' }).press('Enter')
    await asked.getByText('Nothing is deleted').waitFor()
    await asked.getByLabel('The request in other words').fill('make it orange')
    await ada.lookAt('talk-6-going-back')
    await page.keyboard.press('Enter')
    await ada.seeEnd('make it orange')
    await page.getByText('3 requests set aside').waitFor()
    await ada.app.getByRole('button', { name: /clear all/i }).waitFor({ state: 'detached' })
    await ada.lookAt('talk-7-gone-back')
  })

  await step('shows a picture of what it should look like', async () => {
    const buffer = await page.screenshot()
    await page.locator('input[type=file]').setInputFiles({ name: 'sketch.png', mimeType: 'image/png', buffer })
    await page.getByRole('list', { name: 'Attached' }).getByText('sketch.png').waitFor()
    await page.locator('.chip progress').waitFor({ state: 'detached' })
    await ada.ask('add a dark mode switch like this')
    await latest().getByAltText('Attached to this request').waitFor()
    await ada.seeEnd('add a dark mode switch like this')
  })

  await step('has a pasted key masked, and keeps it as a secret of the app', async () => {
    await ada.ask(`rename it to Evening rituals, my key is ${['sk', 'live', '51HabcdefGhijKLmnoPQRstuv'].join('_')}`)
    await page.getByRole('region', { name: 'A masked secret' }).waitFor()
    await ada.lookAt('talk-8-masked')
    await button(/^Save as /).click()
    await page.getByText(/is kept as a secret of this app/).waitFor()
    await ada.seeEnd('rename it to Evening rituals')
  })

  await step('steps through how it was made, with the keyboard', async () => {
    await latest().getByRole('button', { name: 'How it was made' }).click()
    const dialog = page.getByRole('dialog', { name: 'How it was made' })
    await dialog.getByText(/^1 of \d+$/).waitFor()
    await page.keyboard.press('ArrowRight')
    await dialog.getByText(/^2 of \d+$/).waitFor()
    await dialog.getByRole('region', { name: 'Given' }).locator('pre').waitFor()
    await ada.lookAt('talk-9-how-it-was-made')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  await step('gets the repairs back when the same error comes back, and chooses how to go on', async () => {
    await ada.ask('break it the same way twice')
    await latest().getByText('The same error came back').waitFor()
    await latest().getByText('The check of types failed').waitFor()
    await latest()
      .getByText(/given back/)
      .first()
      .waitFor()
    await page.getByRole('banner').getByText('checks pass').waitFor()
    await ada.lookAt('talk-10-diagnosis')
    await button('Ask about it').click()
    await ada.seeEnd('which ways are there to go on')
    await latest().getByText('plan, no file changed').waitFor()
  })

  await step('looks through the versions with their pictures', async () => {
    await page.getByRole('tab', { name: 'Versions' }).click()
    const current = page.getByRole('tabpanel').getByRole('listitem').first()
    await current.getByText('checks pass').waitFor()
    await current.locator('img').waitFor()
    await nameGoesBack(ada)
    await ada.lookAt('talk-11-versions')
  })

  for (const { name, does } of lostConnection) await step(name, () => does(ada))

  await step('sets limits and rules', async () => {
    await page.goto(`${stack.url}/settings`)
    await page.getByLabel('At most in a month').first().fill('2.50')
    await button('Save').first().click()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('textbox', { name: 'Rules' }).fill('Write in British English.')
    await page.getByRole('region', { name: 'Rules' }).getByRole('button', { name: 'Save' }).click()
    await page.getByRole('region', { name: 'Rules' }).getByText('Saved.').waitFor()
    await ada.lookAt('talk-12-settings')
    await page.reload()
    assert.equal(await page.getByRole('textbox', { name: 'Rules' }).inputValue(), 'Write in British English.')
    assert.equal(await page.getByLabel('At most in a month').first().inputValue(), '2.5')
  })

  await step('no page complained', async () => {
    assert.deepEqual(ada.complaints, [])
  })
})
