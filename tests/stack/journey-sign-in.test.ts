import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('how a person signs in, and where', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ada, phone] = await Promise.all([
    openPerson(browser, stack.url),
    openPerson(browser, stack.url, { userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0' }),
  ])
  const { page } = ada
  const step = stepsOf(t)

  await step('is signed in in two browsers, and sees both', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await phone.page.goto(stack.url)
    await phone.signIn('Ada Lovelace')
    await phone.heading('What shall we build?').waitFor()
    await page.goto(`${stack.url}/settings`)
    await page.getByRole('link', { name: 'Show the sign-ins' }).click()
    await page.getByText('Firefox · Android', { exact: true }).waitFor()
    await page.getByText('this browser').waitFor()
    await ada.lookAt('sign-in-1-sessions')
  })

  await step('signs the other out, which is refused with the next request', async () => {
    await ada.button('Sign out Firefox · Android').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('Firefox · Android is signed out.').waitFor()
    await phone.page.reload()
    await phone.page.getByText('Your sign-in has ended.').waitFor()
    await phone.lookAt('sign-in-2-ended')
  })

  await step('signs in there again, and must prove anew who she is', async () => {
    await phone.button('Sign in again').click()
    await phone.page.waitForURL('**/u/login**')
    await phone.button(/Ada Lovelace/).click()
    await phone.heading('What shall we build?').waitFor()
    await phone.page.goto(`${stack.url}/settings/sign-in`)
    await phone.page.getByText('this browser').waitFor()
    assert.equal(await phone.page.getByText('Your sign-in has ended.').count(), 0)
  })

  await step('signs out, and is in the other’s list no more', async () => {
    await phone.button('Account of Ada Lovelace').click()
    await phone.button('Sign out').click()
    await phone.button('Sign in').first().waitFor()
    await page.reload()
    await page.getByText('this browser').waitFor()
    assert.equal(await page.getByText('Firefox · Android', { exact: true }).count(), 0)
  })

  await step('no page complained', async () => assert.deepEqual(ada.complaints, []))
})
