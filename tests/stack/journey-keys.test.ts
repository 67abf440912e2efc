import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('keys that open the API: made, used, replaced and ended', { timeout: 180_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page } = ada
  const step = stepsOf(t, stack)
  const key = () => page.getByLabel('Key', { exact: true }).inputValue()
  const status = async (bearer: string) =>
    (await fetch(`${stack.url}/api/v1/projects`, { headers: { authorization: `Bearer ${bearer}` } })).status
  let first = ''

  await step('makes one by keyboard, and it opens the API', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await page.goto(`${stack.url}/settings`)
    await page.getByRole('link', { name: 'API keys' }).click()
    await page.getByRole('button', { name: 'New key' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('What is it for?').fill('Nightly build')
    await page.getByRole('button', { name: 'Only read' }).press('Enter')
    await ada.lookAt('keys-form')
    await page.getByRole('button', { name: 'Make the key' }).press('Enter')
    first = await key()
    assert.match(first, /^ejk_/)
    await ada.lookAt('keys-made')
    assert.equal(await status(first), 200)
  })

  await step('is told it no more after a reload, and sees that it was used', async () => {
    await page.reload()
    await page.getByText('Nightly build', { exact: true }).waitFor()
    assert.equal(await page.getByLabel('Key', { exact: true }).count(), 0)
    await page.getByText(/^used /).waitFor()
  })

  await step(
    'must sign in again once the sign-in is older than five minutes, and goes on with what was typed',
    async () => {
      await page.route('**/api/v1/keys', async (route) => {
        if (route.request().method() !== 'POST') return route.fallback()
        const problem = { code: 'fresh_sign_in_required', title: 'Sign in again first.', detail: '' }
        await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) })
      })
      await page.getByRole('button', { name: 'New key' }).click()
      await page.getByLabel('What is it for?').fill('Deploys')
      await page.getByRole('button', { name: 'All of it' }).click()
      await page.getByRole('button', { name: 'Make the key' }).click()
      await page.getByRole('alert').filter({ hasText: 'last five minutes' }).waitFor()
      await ada.lookAt('keys-again')
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await page.getByRole('button', { name: 'Sign in again' }).click()
      await ada.signIn('Ada Lovelace')
      assert.equal(await page.getByLabel('What is it for?').inputValue(), 'Deploys')
      await page.getByRole('button', { name: 'Make the key' }).click()
      await page.getByText('The key “Deploys” is shown this once.', { exact: false }).waitFor()
    },
  )

  await step('replaces one; the old one goes on beside the new', async () => {
    await page.getByRole('button', { name: 'Replace the key Nightly build' }).click()
    await page.getByRole('button', { name: 'Make the next key' }).click()
    await page.getByText('Another key took its place', { exact: false }).waitFor()
    const next = await key()
    assert.notEqual(next, first)
    assert.deepEqual([await status(first), await status(next)], [200, 200])
    await ada.lookAt('keys-replaced')
  })

  await step('ends one, and the next request with it is refused', async () => {
    const row = page.getByRole('listitem').filter({ hasText: 'Another key took its place' })
    await row.getByRole('button', { name: 'End the key Nightly build' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByText('opens nothing any more', { exact: false }).waitFor()
    assert.equal(await status(first), 401)
  })
})
