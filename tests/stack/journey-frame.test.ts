import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProjectId } from '../../lib/contract/ids.ts'
import type { Page as PageOf } from '../../lib/contract/page.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import type { Version } from '../../lib/contract/version.ts'
import { openBrowser } from '../templates/browser.ts'
import { until } from '../world/until.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('what is around everything: the palette, the languages, the versions', { timeout: 240_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page } = ada
  const step = stepsOf(t, stack)
  const option = (name: string | RegExp) => page.getByRole('option', { name })
  const rows = page.getByRole('tabpanel', { name: 'Versions' }).getByRole('listitem')

  await step('finds a command by some of its letters, and goes where it leads', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).waitFor()
    await ada.lookAt('frame-palette')
    await page.keyboard.type('settin')
    await option('Settings').and(page.locator('[aria-selected=true]')).waitFor()
    await page.keyboard.press('Enter')
    await ada.heading('Your own limits').waitFor()
    await ada.lookAt('frame-settings')
  })

  await step('reads which shortcuts there are, and goes home with one of them', async () => {
    await page.keyboard.press('?')
    await ada.heading('Keyboard shortcuts').waitFor()
    await ada.lookAt('frame-shortcuts')
    await page.keyboard.press('Escape')
    // One list may lead to the other: what closes does not take along what opens.
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).waitFor()
    await page.keyboard.type('shortcuts')
    await option('Keyboard shortcuts').and(page.locator('[aria-selected=true]')).waitFor()
    await page.keyboard.press('Enter')
    await ada.heading('Keyboard shortcuts').waitFor()
    await page.getByRole('combobox', { name: 'Commands' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await ada.heading('Keyboard shortcuts').waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.waitForURL(`${stack.url}/`)
  })

  await step('types into a field without doing anything by its letters', async () => {
    const field = page.getByLabel('What should be built?')
    await field.fill('')
    await field.pressSequentially('gh?')
    assert.equal(await field.inputValue(), 'gh?')
    assert.equal(await ada.heading('Keyboard shortcuts').count(), 0)
  })

  await step('builds, and goes to the versions by keys', async () => {
    await page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/projects/prj_*')
    await ada.seeEnd('a habit tracker with streaks')
    await ada.ask('add a dark mode switch')
    await ada.seeEnd('add a dark mode switch')
    await page.keyboard.press('Alt+3')
    await page.getByRole('tab', { name: 'Versions', selected: true }).waitFor()
  })

  await step('names a version, and finds it among those with a name', async () => {
    await rows.last().getByRole('button', { name: 'Name it' }).click()
    await page.getByLabel('Name of version 1').fill('For the talk')
    const asked = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/versions/'))
    await page.keyboard.press('Enter')
    await rows.last().getByText('For the talk').waitFor()
    await ada.button('Named').click()
    await rows.nth(1).waitFor({ state: 'detached' })
    await asked
    // What is on its way arrives, also when the page goes.
    await page.reload()
    const api = await stack.as('ada@example.com')
    const id = new URL(page.url()).pathname.split('/').at(-1) as ProjectId
    await until(
      async () => (await api.get<PageOf<Version>>(projectPaths.versions(id))).body.items.map(({ name }) => name),
      (names) => names.includes('For the talk'),
    )
    await page.reload()
    await rows.getByText('For the talk').waitFor()
    assert.match(await rows.last().innerText(), /Ada Lovelace · built/)
  })

  await step('has asked too much, is told so, and the page goes on by itself', async () => {
    const asked = '**/api/v1/projects/prj_*'
    const refused = { code: 'rate_limited', title: 'Too many requests for the moment.', status: 429 }
    await page.route(asked, (route) => route.fulfill({ status: 429, headers: { 'retry-after': '4' }, json: refused }))
    await page.reload()
    await page.getByText('This page asks again by itself in 4 s.').waitFor()
    await page.unroute(asked)
    await page.getByRole('banner').getByText('version 2').waitFor()
    const told = ada.complaints.splice(0)
    assert.ok(
      told.every((complaint) => complaint.includes('429')),
      told.join(),
    )
  })

  await step('holds two versions against each other', async () => {
    await rows.nth(0).getByRole('button', { name: 'Compare' }).click()
    await page.getByText('Version 2 is chosen.').waitFor()
    await rows.nth(1).getByRole('button', { name: 'Compare' }).click()
    const compared = page.getByRole('region', { name: 'From version 1 to version 2' })
    await compared.getByText('src/components/ThemeToggle.tsx').waitFor()
    await ada.lookAt('frame-compared')
    await ada.button('Stop comparing').click()
  })

  await step('restores a version and takes that back', async () => {
    await ada.button('Restore this version').click()
    await page.getByRole('banner').getByText('version 3').waitFor()
    await ada.button('Undo').click()
    await page.getByRole('banner').getByText('version 4').waitFor()
    assert.match(await rows.first().innerText(), /Restore version 2/)
  })

  await step('stops the sandbox elsewhere, and sees it on coming back to the page', async () => {
    const api = await stack.as('ada@example.com')
    const id = page.url().split('/').at(-1) as ProjectId
    await page.getByRole('banner').getByText('sandbox running').waitFor()
    await api.delete(projectPaths.sandbox(id))
    await until(
      async () => (await api.get<Sandbox>(projectPaths.sandbox(id))).body.state,
      (state) => state === 'stopped',
    )
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByRole('banner').getByText('sandbox asleep').waitFor({ timeout: 10_000 })
  })

  await step('branches off into a project of its own', async () => {
    const before = page.url()
    await rows.last().getByRole('button', { name: 'Branch off' }).click()
    await page.waitForURL((url) => url.href.includes('/projects/prj_') && url.href !== before)
    await page.getByRole('banner').getByRole('button', { name: 'version 1' }).waitFor()
    const name = page.getByLabel('Name of the project')
    await name.waitFor()
    assert.match(await name.inputValue(), /from version 1$/)
  })

  await step('reads everything in German, and after a reload too', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).waitFor()
    await page.keyboard.type('deutsch')
    await page.locator('[role=option][aria-selected=true]', { hasText: 'Deutsch' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Versionen' }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de')
    await ada.lookAt('frame-german')
    await page.reload()
    await page.getByRole('tab', { name: 'Versionen' }).waitFor()
    await page.goto(`${stack.url}/settings`)
    await ada.heading('Deine eigenen Grenzen').waitFor()
    await ada.lookAt('frame-settings-german')
  })

  await step('reads from right to left without anything cut off', async () => {
    await page.evaluate(() => void (document.documentElement.dir = 'rtl'))
    await ada.lookAt('frame-settings-rtl')
  })

  await step('no page complained', async () => assert.deepEqual(ada.complaints, []))
})
