import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildApp, looksRight, passChecks } from './built-app.ts'

test('follow-ups change the app that stands: dark mode, name, colour, a field, a button', async () => {
  await using app = await buildApp('a to-do list')
  const { page, talk, project } = app
  const calls = async (prompt: string) => {
    const before = talk.calls.length
    await talk.ask(prompt)
    return talk.calls.slice(before).filter((call) => !call.startsWith('read ') && !call.startsWith('glob '))
  }

  assert.deepEqual(await calls('Add a dark mode switch'), [
    'write src/components/ThemeToggle.tsx',
    'edit src/index.css',
    'edit src/App.tsx',
    'bash npm run check',
  ])
  await page.getByRole('button', { name: 'Switch to dark mode' }).click()
  assert.equal(await page.evaluate('getComputedStyle(document.documentElement).colorScheme'), 'dark')

  assert.deepEqual(await calls('Please rename it to “Evergreen”'), [
    'grep To-do list',
    'edit index.html',
    'edit src/App.tsx',
  ])
  await page.getByRole('heading', { name: 'Evergreen' }).waitFor()
  assert.deepEqual(await calls('make it teal'), ['edit src/index.css'])

  await talk.ask('add a due date field')
  await page.getByLabel('New task').fill('Pay the rent')
  await page.getByLabel('Due date').fill('2030-01-31')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Due date: 2030-01-31').waitFor()

  await talk.ask('add a button that deletes all tasks')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('Nothing on the list').waitFor()

  assert.equal(await passChecks(project, talk), 0)
  await page.reload()
  await page.getByRole('button', { name: 'Switch to light mode' }).waitFor()
  await page.getByRole('button', { name: 'Switch to light mode' }).click()
  assert.equal(
    await page
      .getByRole('button', { name: 'Add', exact: true })
      .evaluate((node) => getComputedStyle(node).backgroundColor),
    'rgb(15, 111, 104)',
  )
  await looksRight(page)
  assert.deepEqual(app.complaints, [])
})

test('a wish that no script knows is noted on the page and not pretended', async () => {
  await using app = await buildApp('a kanban board')
  const said = await app.talk.ask('let people pay with their credit card')
  assert.match(said, /The change itself was not made\..*ANTHROPIC_API_KEY.*This was a scripted demo, no model\.$/s)
  await app.page
    .getByRole('complementary', { name: 'Wish' })
    .getByText('let people pay with their credit card')
    .waitFor()
  assert.equal(await passChecks(app.project, app.talk), 0)
  assert.deepEqual(app.complaints, [])
})

test('a change is understood without the conversation before it, from the files alone', async () => {
  await using app = await buildApp('a habit tracker')
  app.talk.messages.length = 0
  await app.talk.ask('make it orange')
  await app.page.waitForFunction(
    "getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor === 'rgb(176, 74, 10)'",
  )
})

test('another app can take the place of the first', async () => {
  await using app = await buildApp('a habit tracker')
  await app.talk.ask('Build me a kanban board instead')
  await app.page.getByRole('region', { name: 'In progress' }).waitFor()
  assert.equal(await passChecks(app.project, app.talk), 0)
})

test('a page without a framework takes dark mode, another colour and another name', async () => {
  await using app = await buildApp('a page about old maps', 'static')
  const { talk, page } = app
  await talk.ask('add a dark mode')
  await page.getByRole('button', { name: 'Switch to dark mode' }).click()
  assert.equal(await page.evaluate('getComputedStyle(document.documentElement).colorScheme'), 'dark')
  await talk.ask('call it Terra')
  await page.getByRole('heading', { name: 'Terra', level: 1 }).waitFor()
  await talk.ask('make it green')
  await page.waitForFunction(
    "getComputedStyle(document.documentElement).getPropertyValue('--accent').includes('1f7445')",
  )
  assert.equal(await passChecks(app.project, talk), 0)
  await looksRight(page)
})
