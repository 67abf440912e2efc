import assert from 'node:assert/strict'
import { test } from 'node:test'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { firstLoadBudgets, weighScripts } from '../bench/parts/first-load.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson, type Person } from './person.ts'
import { stepsOf } from './steps.ts'

test('what a person does with EverJust in a browser', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const api = await stack.as('ada@example.com')
  let project: ProjectId
  const step = stepsOf(t, stack)

  await step('opens the front page as a stranger', async () => {
    await ada.page.goto(stack.url)
    await ada.heading(/^Describe an app\./).waitFor()
    await ada.page.getByText('Scripted demo, no model').waitFor()
    await ada.lookAt('1-front-page')
  })

  await step('signs in as Ada and finds an empty desk', async () => {
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await ada.page.getByText('None yet.').waitFor()
    await ada.lookAt('2-desk')
  })

  await step('types a sentence and watches the steps while they happen', async () => {
    await ada.page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await ada.page.keyboard.press('Enter')
    await ada.page.waitForURL('**/projects/prj_*')
    project = new URL(ada.page.url()).pathname.split('/')[2] as ProjectId
    const running = ada.page.locator('article[aria-busy=true]')
    await ada.button('Stop').waitFor()
    await running.getByText('src/components/HabitRow.tsx').waitFor()
    // A quick machine may be done by now: the cost stands there while it runs and after.
    await ada
      .latest()
      .getByText(/\$0\.0[1-9] simulated/)
      .first()
      .waitFor()
    await ada.lookAt('3-building')
    await ada.seeEnd('a habit tracker with streaks')
    await ada.latest().getByRole('button', { name: 'version 1' }).waitFor()
    await ada.latest().getByText('scripted demo, no model', { exact: true }).waitFor()
  })

  await step('uses the app inside the preview', async () => {
    await ada.app.getByRole('heading', { level: 1 }).waitFor()
    await ada.app.getByLabel('New habit').fill('Drink water')
    await ada.app.getByRole('button', { name: 'Add habit' }).click()
    await ada.app.getByRole('button', { name: 'Drink water, done today' }).click()
    await ada.button('Reload the preview').click()
    await ada.app.locator('[aria-label="Drink water, done today"][aria-pressed=true]').waitFor()
    await ada.lookAt('4-built')
  })

  await step('opens the app in a tab of its own', async () => {
    const opened = ada.page.context().waitForEvent('page')
    await ada.button('Open the preview in a tab').first().click()
    const tab = await opened
    await tab.getByLabel('New habit').waitFor()
    await ada.lookAt('4-app', tab)
    await tab.close()
  })

  await step('asks for a change and sees it', async () => {
    await ada.ask('add a dark mode switch')
    await ada.seeEnd('add a dark mode switch')
    await ada.app.getByRole('button', { name: 'Switch to dark mode' }).click()
    await ada.app.getByRole('button', { name: 'Switch to light mode' }).waitFor()
    // What was in the app before the change is still there.
    await ada.app.locator('[aria-label="Drink water, done today"][aria-pressed=true]').waitFor()
    await ada.lookAt('5-changed')
  })

  await step('reads the code and what changed', async () => {
    await ada.page.getByRole('tab', { name: 'Code' }).click()
    await ada.page.getByRole('treeitem', { name: 'ThemeToggle.tsx' }).click()
    await ada.page.getByText('export function ThemeToggle').waitFor()
    await ada.lookAt('6-code')
    await ada.page.getByRole('tab', { name: 'Versions' }).click()
    await ada.page.getByText('What changed since version 1').click()
    await ada.page.getByRole('tabpanel').getByText('src/components/ThemeToggle.tsx').waitFor()
    await ada.lookAt('7-versions')
  })

  await step('restores the first version and sees it in the preview', async () => {
    await ada.button('Restore this version').click()
    await ada.page.getByRole('banner').getByText('version 3').waitFor()
    await ada.page.getByRole('tab', { name: 'Preview' }).click()
    await ada.app.locator('[aria-label="Drink water, done today"][aria-pressed=true]').waitFor()
    await ada.app.getByRole('button', { name: /^Switch to/ }).waitFor({ state: 'detached' })
    await ada.lookAt('8-restored')
  })

  await step('stops a run in the middle and goes on', async () => {
    await ada.ask('rename it to Daily rituals')
    const running = ada.page.locator('article[aria-busy=true]')
    await running.locator('.steps li').first().waitFor()
    await ada.button('Stop').click()
    await ada.latest().getByText('You stopped this run.').waitFor()
    await ada
      .latest()
      .getByText(/\$0\.\d+ simulated/)
      .waitFor()
    assert.equal(await ada.page.getByLabel('What should change?').isEditable(), true)
    const { body } = await api.get<{ items: { state: string }[] }>(projectPaths.generations(project))
    assert.deepEqual(body.items.map(({ state }) => state).sort(), ['cancelled', 'succeeded', 'succeeded'])
    await ada.lookAt('9-stopped')
  })

  await step('reloads in the middle of a run and sees the same, nothing lost or doubled', async () => {
    const prompt = 'rename it to Morning rituals'
    await ada.ask(prompt)
    await ada.page.locator('article[aria-busy=true] .steps li').first().waitFor()
    await ada.page.reload()
    await ada.seeEnd(prompt)
    await ada.app.getByRole('heading', { name: 'Morning rituals' }).waitFor()
    const followed = await timeline(ada)
    await ada.page.reload()
    assert.deepEqual(await timeline(ada), followed)
    assert.equal(new Set(followed).size, followed.length)
  })

  await step('opens the project again, which brings no more than is looked at', async () => {
    await ada.page.reload()
    await ada.app.getByRole('heading', { name: 'Morning rituals' }).waitFor()
    await ada.latest().locator('.prose').waitFor()
    const kilobytes = await weighScripts(ada.page)
    assert.ok(kilobytes <= firstLoadBudgets.project, `a project brings ${kilobytes.toFixed(1)} KB of scripts`)
  })

  await step('does the same with the keyboard alone', async () => {
    const { page, tabTo, button } = ada
    await page.goto(stack.url)
    await tabTo(page.getByRole('link', { name: /^habit tracker/i }))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/projects/prj_*')
    await tabTo(page.getByLabel('What should change?'))
    await page.keyboard.type('add a clear all button')
    await page.keyboard.press('Enter')
    await button('Stop').waitFor()
    await tabTo(button('Stop'), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await ada.seeEnd('add a clear all button')
    await tabTo(page.getByRole('tab', { name: 'Preview' }))
    for (let tabs = 0; tabs < 2; tabs++) await page.keyboard.press('ArrowRight')
    await page.getByRole('tab', { name: 'Versions', selected: true }).waitFor()
    await tabTo(button('Restore this version').first())
    await page.keyboard.press('Enter')
    // The stopped run may have left a version of its own meanwhile: the restored one follows it.
    const said = await page
      .getByText(/^Version \d+ is back, as version \d+\.$/)
      .last()
      .innerText()
    await page
      .getByRole('banner')
      .getByText(said.match(/version \d+/)?.[0] ?? 'a version')
      .waitFor()
  })

  await step('signs out, and protected pages ask to sign in', async () => {
    await ada.button('Account of Ada Lovelace').click()
    await ada.lookAt('10-account')
    await ada.button('Sign out').click()
    await ada.heading(/^Describe an app\./).waitFor()
    await ada.page.goto(`${stack.url}/projects/${project}`)
    await ada.heading('Sign in to open this project.').waitFor()
    await ada.lookAt('11-signed-out')
  })

  await step('no page complained', async () => {
    assert.deepEqual(ada.complaints, [])
  })
})

/** The rows of the latest request, as they read, once they are unfolded. */
async function timeline({ latest }: Person): Promise<string[]> {
  await latest()
    .getByRole('button', { name: / steps? · / })
    .click()
  await latest().locator('.steps > li').first().waitFor()
  const texts = await latest().locator('.steps > li').allTextContents()
  return texts.map((text, row) => `${row} ${text.replaceAll(/\s+/g, ' ')}`)
}
