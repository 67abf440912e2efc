import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { buildApp, looksRight } from './built-app.ts'

const disclosure = /This was a scripted demo, no model\.$/

const texts = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts()

test('a habit tracker counts streaks, remembers them, and can be emptied', async () => {
  await using app = await buildApp('a habit tracker with streaks')
  const { page } = app
  assert.match(app.said, disclosure)
  assert.equal(await page.title(), 'Habit tracker')

  await page.getByLabel('New habit').fill('Stretch')
  await page.keyboard.press('Enter')
  const row = page.getByRole('listitem').filter({ hasText: 'Stretch' })
  await row.getByText('No streak yet').waitFor()
  await row.getByRole('button', { name: 'Stretch, done today' }).click()
  await row.getByText('1 day in a row').waitFor()
  const week = row.getByRole('group').getByRole('button')
  await week.nth(5).click()
  await row.getByText('2 days in a row').waitFor()

  await page.reload()
  await row.getByText('2 days in a row').waitFor()
  await looksRight(page)
  for (const remove of ['Walk outside', 'Read ten pages', 'In bed by eleven', 'Stretch'])
    await page.getByRole('button', { name: `Remove ${remove}` }).click()
  await page.getByText('No habits yet').waitFor()
  assert.deepEqual(app.complaints, [])
})

test('a purple to-do list for plants is purple, names plants, and undoes a removal', async () => {
  await using app = await buildApp('a purple to-do list for plants')
  const { page } = app
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'To-do list for plants')
  const purple = await page
    .getByRole('button', { name: 'Add', exact: true })
    .evaluate((node) => getComputedStyle(node).backgroundColor)
  assert.equal(purple, 'rgb(118, 56, 201)')

  await page.getByLabel('New plant').fill('Water the fern')
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Water the fern, done' }).check()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByText('Water the fern').waitFor()
  await page.getByRole('button', { name: 'Remove Water the fern' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Water the fern').dblclick()
  await page.getByLabel('Title').fill('Water the big fern')
  await page.keyboard.press('Enter')

  await page.reload()
  await page.getByRole('checkbox', { name: 'Water the big fern, done' }).waitFor()
  assert.equal(await page.getByRole('checkbox', { name: 'Water the big fern, done' }).isChecked(), true)
  await looksRight(page)
  assert.deepEqual(app.complaints, [])
})

test('an expense tracker is mended after its check failed, then adds up to the cent', async () => {
  await using app = await buildApp('an expense tracker')
  const { page, talk } = app
  assert.deepEqual(talk.calls.slice(-2), ['read src/lib/totals.ts', 'edit src/lib/totals.ts'])

  const spent = page.getByLabel('Spent')
  const before = Number((await spent.innerText()).replaceAll(',', ''))
  await page.getByLabel('What for').fill('Tea')
  await page.getByLabel('Amount').fill('4,10')
  await page.getByRole('button', { name: 'Add expense' }).click()
  await page.getByRole('listitem').filter({ hasText: 'Tea' }).waitFor()
  assert.equal(Math.round(Number((await spent.innerText()).replaceAll(',', '')) * 100), Math.round(before * 100) + 410)

  await page.getByLabel('Budget', { exact: true }).fill('1')
  await page.getByText('over the budget').waitFor()
  await page.reload()
  await page.getByRole('listitem').filter({ hasText: 'Tea' }).waitFor()
  await looksRight(page)
  await page.getByRole('button', { name: 'Month after' }).click()
  await page.getByText('Nothing was spent here').waitFor()
  assert.deepEqual(app.complaints, [])
})

test('cards of a kanban board move by mouse and by keyboard', async () => {
  await using app = await buildApp('a kanban board for a small team')
  const { page } = app
  const column = (name: string) => page.getByRole('region', { name })

  await page.getByRole('textbox', { name: 'New card' }).fill('Ship it')
  await page.keyboard.press('Enter')
  const card = page.getByRole('listitem', { name: /^Ship it/ })
  await card.dragTo(column('Done'))
  await column('Done').getByText('Ship it').waitFor()

  await card.focus()
  await page.keyboard.press('ArrowLeft')
  await column('In progress').getByText('Ship it').waitFor()
  await page.keyboard.press('ArrowUp')
  const titles = await column('In progress').getByRole('heading', { level: 3 }).allInnerTexts()
  assert.equal(titles.indexOf('Ship it'), titles.length - 2)
  assert.equal(await card.evaluate((node) => node === document.activeElement), true)

  await page.reload()
  await column('In progress').getByText('Ship it').waitFor()
  await looksRight(page)
  assert.deepEqual(app.complaints, [])
})

test('a dashboard changes its period, reads single days, and sorts', async () => {
  await using app = await buildApp('a sales dashboard with charts')
  const { page } = app
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Sales dashboard')

  const visits = () => page.getByRole('definition').first().innerText()
  const month = await visits()
  await page.getByRole('button', { name: '7 days' }).click()
  assert.notEqual(await visits(), month)
  const chart = page.getByRole('img', { name: /over 7 days/ })
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await page.getByText(/^\w{3}, \w{3} \d+: \d+$/).waitFor()
  await page.getByRole('button', { name: 'Channel', exact: true }).click()
  assert.deepEqual(await texts(page, 'tbody th'), ['Direct', 'Partners', 'Search', 'Social'])

  await page.reload()
  await page.getByRole('button', { name: '7 days', pressed: true }).waitFor()
  await looksRight(page)
  assert.deepEqual(app.complaints, [])
})

for (const template of ['react', 'static'] as const) {
  test(`a landing page (${template}) takes a sign-up and switches its prices`, async () => {
    await using app = await buildApp('a landing page for a bakery called Crumb', template)
    const { page } = app
    assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /^Crumb, /)

    await page.getByLabel('Be among the first').fill('nobody')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByText('That does not look like an address').waitFor()
    await page.getByLabel('Be among the first').fill('ada@example.com')
    await page.keyboard.press('Enter')
    await page.getByText('we will write to').waitFor()
    await page.getByLabel('Pay yearly').check()
    await page.getByText('24.17').waitFor()

    await page.reload()
    await page.getByText('ada@example.com').waitFor()
    await looksRight(page)
    assert.deepEqual(app.complaints, [])
  })

  test(`a page about anything (${template}) is about it and ranks ideas`, async () => {
    await using app = await buildApp('a website about vintage synthesizers', template)
    const { page } = app
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Vintage synthesizers')
    assert.match(app.said, disclosure)

    await page.getByLabel('Your idea').fill('Visit a museum')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Vote for Visit a museum', pressed: true }).waitFor()
    await page.getByRole('button', { name: /^Vote for Show it/ }).click()
    const ranked = await page.getByRole('list', { name: 'Ideas' }).getByRole('paragraph').allInnerTexts()
    assert.equal(ranked.at(-1), 'Visit a museum')

    await page.reload()
    await page.getByText('Visit a museum').waitFor()
    await looksRight(page)
    assert.deepEqual(app.complaints, [])
  })
}
