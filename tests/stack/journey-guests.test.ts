import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paths } from '../../lib/contract/paths.ts'
import { accountPaths } from '../../lib/contract/account-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import { openBrowser } from '../templates/browser.ts'
import { forgetRates } from '../world/forget-rates.ts'
import { mailedLink } from './mail.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('one project is shared with one person, and moves', { timeout: 300_000 }, async (t) => {
  // One person sees in two minutes what many see in a day.
  const stack = await openStack(t, { limits: { perMinute: Infinity } })
  const { UPSTASH_REDIS_REST_URL: counter = '', UPSTASH_REDIS_REST_TOKEN: counting = '' } = stack.environment
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ada, grace] = await Promise.all([openPerson(browser, stack.url), openPerson(browser, stack.url)])
  const step = stepsOf(t, stack)
  const caller = await stack.as('ada@example.com')
  const { body: project } = await caller.post<Project>(paths.projects(), { name: 'Boat', template: 'static' })
  await caller.post(accountPaths.organizations(), { name: 'Sea' })
  const settings = (part: string) => `${stack.url}/projects/${project.id}?settings=${part}`

  await step('invites one person by mail from the settings of the project', async () => {
    await ada.page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await ada.page.goto(settings('members'))
    await ada.page.getByText('Nobody but its members can open it.').waitFor()
    await ada.page.getByLabel('Mail address').fill('grace@example.com')
    await ada.button('Invite').click()
    await ada.page.getByText('The invitation is on its way to grace@example.com.').waitFor()
    await ada.button(/^Take back \w/).waitFor()
    await ada.lookAt('guests-1-invited')
  })

  await step('comes by the mail into that project, and edits it', async () => {
    await grace.page.goto(await mailedLink(stack, 'grace@example.com'))
    await grace.page.getByText('Ada Lovelace shares Boat').waitFor()
    await grace.lookAt('guests-2-join')
    await grace.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await grace.page.waitForURL('**/u/login**')
    await grace.button(/Grace Hopper/).click()
    await grace.button('Open Boat').click()
    await grace.page.waitForURL(`**/projects/${project.id}`)
    await grace.page.getByLabel('What should change?').waitFor()
  })

  await step('finds it among what is shared', async () => {
    await grace.page.route('**/library/shared', (route) => route.abort())
    await grace.page.goto(stack.url)
    await grace.page.getByText('What is shared with you could not be read.').waitFor()
    await grace.lookAt('guests-3-unread')
    await grace.page.unroute('**/library/shared')
    await grace.button('Try again').click()
    await grace.heading('Shared with me').waitFor()
    await grace.page.getByRole('link', { name: 'Boat' }).waitFor()
    await grace.lookAt('guests-3-home')
    await grace.page.getByRole('link', { name: 'Boat' }).click()
    await grace.page.getByLabel('What should change?').waitFor()
  })

  await step('may only look once that was said', async () => {
    await forgetRates(counter, counting)
    await ada.page.reload()
    await ada.page.getByLabel('What Grace Hopper may').selectOption('viewer')
    await ada.page.getByText('What Grace Hopper may is changed.').waitFor()
    await ada.lookAt('guests-4-looks')
    await grace.page.reload()
    await grace.page.getByText('This is somebody else’s project.').waitFor()
    assert.equal(await grace.page.getByLabel('What should change?').count(), 0)
  })

  await step('is out with the next request once it was taken back', async () => {
    await ada.button(/^Take back \w/).click()
    await ada.page.getByText('Grace Hopper sees nothing of it any more.').waitFor()
    // Whose page is open is shown out without a reload: it asks for news every 30 s, and at once when it is on the network again.
    await grace.page.evaluate(() => dispatchEvent(new Event('online')))
    await grace.heading('There is no such project.').waitFor()
    await grace.page.goto(stack.url)
    await grace.heading('What shall we build?').waitFor()
    assert.equal(await grace.heading('Shared with me').count(), 0)
  })

  await step('moves the project to an organization, whose project it is from then on', async () => {
    await forgetRates(counter, counting)
    await ada.page.goto(settings('danger'))
    await ada.page.getByText('Move it to another organization.').waitFor()
    await ada.page.getByLabel('Move it to another organization.').selectOption({ label: 'Sea' })
    await ada.lookAt('guests-5-move')
    await ada.button('Move').click()
    await ada.page.getByRole('dialog').getByText('Secrets, versions').waitFor()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
    await ada.page.getByText('Boat belongs to Sea now.').waitFor()
    await ada.page.goto(stack.url)
    await ada.page.getByLabel('Organization').selectOption({ label: 'Sea' })
    await ada.page.getByRole('link', { name: 'Boat' }).waitFor()
  })

  await step('no page complained', async () => {
    assert.deepEqual(ada.complaints, [])
  })
})
