import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('what two people do with an organization', { timeout: 180_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ada, grace] = await Promise.all([openPerson(browser, stack.url), openPerson(browser, stack.url)])
  const step = stepsOf(t)
  let link = ''

  await step('makes an organization and sees who belongs to it', async () => {
    await ada.page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.button('Make an organization').click()
    await ada.page.getByLabel('Name of the organization').fill('Sea')
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Make an organization' }).click()
    await ada.page.getByRole('link', { name: 'People and settings' }).click()
    await ada.heading('Sea').waitFor()
    await ada.page.getByLabel('Role of Ada Lovelace').waitFor()
    await ada.lookAt('teams-1-people')
  })

  await step('invites by a link that is shown once', async () => {
    await ada.button('By link').click()
    await ada.page.getByLabel('Role', { exact: true }).selectOption('viewer')
    await ada.button('Make a link').click()
    link = await ada.page.getByLabel('The link, shown this once').inputValue()
    await ada.lookAt('teams-2-link')
  })

  await step('comes by the link, and may look', async () => {
    await grace.page.goto(link)
    await grace.heading('Join Sea').waitFor()
    await grace.lookAt('teams-3-join')
    await grace.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await grace.page.waitForURL('**/u/login**')
    await grace.button(/Grace Hopper/).click()
    await grace.button('Join Sea').click()
    await grace.page.getByText('You may look at the projects of Sea').waitFor()
  })

  await step('removes somebody, who is out with the next click', async () => {
    await ada.page.reload()
    await ada.button(/^Remove/).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await ada.page.getByText('Grace Hopper is no member any more.').waitFor()
    await grace.page.getByRole('link', { name: 'People and settings' }).click()
    await grace.heading('There is no such organization').waitFor()
  })

  await step('no page complained', async () => {
    assert.deepEqual(ada.complaints, [])
  })
})
