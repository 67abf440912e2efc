import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paths } from '../../lib/contract/paths.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('what a person does at home with projects', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  const api = await stack.as('ada@example.com')
  const card = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) })
  const menu = async (name: string, item: string | RegExp) => {
    await button(`More for ${name}`).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const step = stepsOf(t, stack)

  await step('comes for the first time, answers three questions and has an app within two minutes', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    const began = Date.now()
    await button('Keep track of something').click()
    await page.getByRole('region', { name: 'Not sure yet?' }).getByRole('button', { name: 'Habit tracker' }).click()
    await button('Calm, with a lot of space').click()
    await ada.lookAt('home-1-first-visit')
    await button('Build this app').click()
    await page.waitForURL('**/projects/prj_*')
    await ada.app.getByLabel('New habit').waitFor({ timeout: 110_000 })
    assert.ok(Date.now() - began < 120_000)
    await ada.seeEnd('A habit tracker')
  })

  await step('reads three hints beside the first app, once', async () => {
    await ada.heading(/^Your first app stands\./).waitFor()
    await ada.lookAt('home-2-hints')
    await button('Got it').click()
    await page.reload()
    await ada.app.getByLabel('New habit').waitFor()
    assert.equal(await ada.heading(/^Your first app stands\./).count(), 0)
  })

  await step('finds the app at home with its picture, and others beside it', async () => {
    for (const name of ['Crème brûlée recipes', 'Invoices', 'Garden planner'])
      await api.post(paths.projects(), { name })
    await page.goto(stack.url)
    await page.getByRole('link', { name: 'Garden planner' }).waitFor()
    assert.equal(await page.getByRole('region', { name: 'Not sure yet?' }).count(), 0)
    await page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('.picture img')
      return image?.complete && image.naturalWidth > 0
    })
    await ada.lookAt('home-3-cards')
    await button('Show as a list').click()
    await ada.lookAt('home-4-list')
    await button('Show as cards').click()
  })

  await step('searches with a key, whatever the accents, and sorts by name', async () => {
    await page.locator('h1').click()
    await page.keyboard.press('/')
    await page.keyboard.type('BRULEE')
    await page.getByText('1 project found').waitFor()
    await card('Crème brûlée recipes').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Invoices' }).count(), 0)
    await page.getByRole('searchbox').fill('nothing like this')
    await page.getByText('No project says “nothing like this”').waitFor()
    await page.getByRole('searchbox').fill('')
    await card('Invoices').waitFor()
    await page.getByLabel('Sort by').selectOption('Name')
    await page.waitForFunction(() => document.querySelector('a.open')?.textContent?.startsWith('Crème'))
  })

  await step('goes from card to card with the arrow keys', async () => {
    const open = page.locator('a.open')
    await open.first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('End')
    assert.equal(await open.last().evaluate((link) => link === document.activeElement), true)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Home')
    assert.equal(await open.first().evaluate((link) => link === document.activeElement), true)
  })

  await step('marks a favourite, renames, and changes the icon', async () => {
    await button('Invoices is a favourite').click()
    await button('Favourites').click()
    await card('Invoices').waitFor()
    assert.equal(await page.locator('a.open').count(), 1)
    await menu('Invoices', 'Rename')
    await page.getByLabel('Name of the project').fill('Bills')
    await page.keyboard.press('Enter')
    await card('Bills').waitFor()
    await menu('Bills', 'Change the icon')
    await page.getByRole('radio', { name: 'Colour 6' }).check({ force: true })
    await page.getByRole('radio', { name: 'rocket' }).check({ force: true })
    await ada.lookAt('home-5-icon')
    await button('Use this icon').click()
    await button('All').click()
    await card('Garden planner').waitFor()
  })

  await step('makes a folder, moves one project in by the menu and drags another', async () => {
    await button('New folder').click()
    await page.getByLabel('Name of the folder').fill('Work')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing in this folder yet.').waitFor()
    await button('All').click()
    await button('More for Bills').click()
    await page.getByRole('menuitem', { name: 'Move to a folder' }).hover()
    await page.getByRole('menuitemradio', { name: 'Work' }).click()
    await page.getByText('Bills is in Work now.').waitFor()
    await card('Garden planner').dragTo(page.getByRole('button', { name: /^Work/ }))
    await page.getByText('Garden planner is in Work now.').waitFor()
    await page.getByRole('button', { name: 'Work 2' }).click()
    await card('Garden planner').waitFor()
    assert.equal(await page.locator('a.open').count(), 2)
    await ada.lookAt('home-6-folder')
    await button('Remove the folder').click()
    await card('Crème brûlée recipes').waitFor()
  })

  await step('says who can see a project', async () => {
    await menu('Bills', 'Change who can see it')
    await page.getByRole('radio', { name: /^Public/ }).check()
    await ada.lookAt('home-7-visibility')
    await button('Save').click()
    await card('Bills').getByText('Public').waitFor()
  })

  await step('deletes a project, takes it back, deletes it again and brings it back later', async () => {
    await menu('Garden planner', 'Delete')
    await page.getByText('Garden planner is deleted.').waitFor()
    await card('Garden planner').waitFor({ state: 'detached' })
    await button('Undo').last().click()
    await card('Garden planner').waitFor()
    await menu('Garden planner', 'Delete')
    await card('Garden planner').waitFor({ state: 'detached' })
    await button('Recently deleted').click()
    await button('Bring back').waitFor()
    await ada.lookAt('home-8-deleted')
    await button('Bring back').click()
    await page.getByText('Nothing was deleted in the last 24 hours.').waitFor()
    await button('All').click()
    await card('Garden planner').waitFor()
  })

  await step('archives a project, finds it among the archived, and takes it out again', async () => {
    await menu('Garden planner', 'Archive')
    await page.getByText('Garden planner is archived.').waitFor()
    await button('Archived').click()
    await card('Garden planner').waitFor()
    await menu('Garden planner', 'Take out of the archive')
    await card('Garden planner').waitFor({ state: 'detached' })
    await button('All').click()
    await card('Garden planner').waitFor()
  })

  await step('makes a copy that stands by itself, with its files and its picture', async () => {
    const [first] = (await api.get<{ items: { id: string; name: string }[] }>(`${paths.projects()}?q=habit`)).body.items
    assert.ok(first)
    await menu(first.name, 'Make a copy')
    await page.waitForURL((url) => url.pathname.startsWith('/projects/') && !url.pathname.endsWith(first.id))
    await ada.app.getByLabel('New habit').waitFor()
    await page.goto(stack.url)
    await card(`Copy of ${first.name}`).locator('.picture img').waitFor()
  })

  await step('what is refused goes back to how it was', async () => {
    await page.route('**/api/v1/library/favourites/**', (route) => route.fulfill({ status: 503, json: refused }))
    await button('Garden planner is a favourite').click()
    await page.getByText('A service EverJust relies on').or(page.getByText(refused.title)).first().waitFor()
    await page
      .locator('button[aria-pressed=false]', { hasText: '' })
      .and(button('Garden planner is a favourite'))
      .waitFor()
    await page.unroute('**/api/v1/library/favourites/**')
  })

  await step('no page complained', async () => {
    assert.deepEqual(
      ada.complaints.filter((complaint) => !/503/.test(complaint)),
      [],
    )
  })
})

const refused = {
  type: 'about:blank',
  code: 'unavailable',
  status: 503,
  title: 'A service we rely on is not answering.',
  requestId: 'test',
}
