import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OpenedReceipt } from '../../lib/contract/deletion.ts'
import type { OrganizationId, ReceiptId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { accountPaths } from '../../lib/contract/account-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { User } from '../../lib/contract/user.ts'
import { openBrowser } from '../templates/browser.ts'
import { until } from '../world/until.ts'
import { mailedLink } from './mail.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('what three people do with an organization', { timeout: 480_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const person = () => openPerson(browser, stack.url)
  const [ada, grace, lin] = await Promise.all([person(), person(), person()])
  const step = stepsOf(t, stack)
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

  await step(
    'invites one person by mail, who alone may come by it, and several by a link that is shown once',
    async () => {
      await ada.page.getByLabel('Mail address').fill('grace@example.com')
      await ada.button('Send the invitation').click()
      await ada.page.getByText('For grace@example.com').waitFor()
      await ada.button('By link').click()
      await ada.page.getByLabel('Role', { exact: true }).selectOption('viewer')
      await ada.page.getByLabel('For how many').fill('2')
      await ada.button('Make a link').click()
      link = await ada.page.getByLabel('The link, shown this once').inputValue()
      await ada.lookAt('teams-2-link')
    },
  )

  await step('comes by the mail, as an editor who makes a project', async () => {
    await grace.page.goto(await mailedLink(stack, 'grace@example.com'))
    await grace.heading('Join Sea').waitFor()
    await grace.page.getByText('Ada Lovelace invites you').waitFor()
    await grace.lookAt('teams-3-join')
    await grace.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await grace.page.waitForURL('**/u/login**')
    await grace.button(/Grace Hopper/).click()
    await grace.button('Join Sea').click()
    await grace.page.getByText('You are a member of Sea.').waitFor()
    assert.equal(await grace.page.getByLabel('Organization').locator(':checked').textContent(), 'Sea')
  })

  await step('comes by the link, and may look', async () => {
    await lin.page.goto(link)
    await lin.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await lin.page.waitForURL('**/u/login**')
    await lin.button(/Lin Huiyin/).click()
    await lin.button('Join Sea').click()
    await lin.page.getByText('You may look at the projects of Sea').waitFor()
    await lin.page.goto(link)
    await lin.button('Join Sea').click()
    await lin.page.getByText('You are a member of Sea already.').waitFor()
  })

  await step('cannot leave as its last owner, and is told what to do first', async () => {
    await ada.page.getByRole('link', { name: 'General' }).click()
    await ada.button('Leave').click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await ada.page.getByText('Make somebody else an owner first.').waitFor()
    await ada.lookAt('teams-4-last-owner')
    await ada.heading('Sea').waitFor()
  })

  await step('removes somebody, who is out with the next click', async () => {
    await ada.page.getByRole('link', { name: 'People', exact: true }).click()
    const row = ada.page.getByRole('listitem').filter({ hasText: 'Grace Hopper' })
    await row.getByRole('button', { name: /^Remove \w/ }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await ada.page.getByText('Grace Hopper is no member any more.').waitFor()
    await grace.page.getByRole('link', { name: 'People and settings' }).click()
    await grace.heading(/^There is no such organization/).waitFor()
    await grace.lookAt('teams-5-removed')
    await lin.page.reload()
    await lin.page.getByText('You may look at the projects of Sea').waitFor()
  })

  await step('leaves by themself, and is at home in what is their own', async () => {
    await lin.page.getByRole('link', { name: 'People and settings' }).click()
    await lin.page.getByRole('listitem').filter({ hasText: 'Lin Huiyin' }).waitFor()
    await lin.page.getByRole('link', { name: 'General' }).click()
    await lin.button('Leave').click()
    await lin.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await lin.page.getByText('You left Sea.').waitFor()
    await lin.heading('What shall we build?').waitFor()
    assert.equal(await lin.page.getByLabel('Organization', { exact: true }).count(), 0)
  })

  await step(
    'deletes the organization while a run works in it, and reads the receipt when nothing is left',
    async () => {
      const caller = await stack.as('ada@example.com')
      const { body: me } = await caller.get<User>(paths.user())
      const organizationId = me.organizations.find(({ name }) => name === 'Sea')?.id
      const { body: project } = await caller.post<Project>(paths.projects(), { name: 'Boat', organizationId })
      const { status } = await caller.post(projectPaths.generate(project.id), {
        prompt: 'a habit tracker with streaks',
      })
      assert.equal(status, 202)
      await ada.page.getByRole('link', { name: 'General' }).click()
      await ada.page.getByLabel('Type its name, Sea, if you are sure').fill('Sea')
      await ada.lookAt('teams-6-delete')
      await ada.button('Delete the organization').click()
      await ada.page.waitForURL('**/receipts/rcp_*')
      const id = ada.page.url().split('/').at(-1) as ReceiptId
      const receipt = async () => (await caller.get<OpenedReceipt>(accountPaths.receipt(id))).body
      assert.equal((await caller.get(accountPaths.organization(organizationId as OrganizationId))).status, 404)
      assert.equal((await caller.get(paths.project(project.id))).status, 404)
      await until(
        async () => {
          await stack.functions.fireSchedule('cron-minute')
          await ada.page.waitForTimeout(3_000)
          return (await receipt()).signed
        },
        Boolean,
        240_000,
      )
      const { kind, subject, counts } = await receipt()
      assert.deepEqual([kind, subject], ['organization', organizationId])
      assert.ok(counts && Object.keys(counts).length > 5)
      assert.ok(
        Object.values(counts).every((count) => count === 0),
        JSON.stringify(counts),
      )
      await ada.page.reload()
      await ada.page.getByText(subject).waitFor()
      await ada.lookAt('teams-7-receipt')
      await ada.page.goto(stack.url)
      await ada.heading('What shall we build?').waitFor()
      assert.equal(await ada.page.getByLabel('Organization', { exact: true }).count(), 0)
    },
  )

  await step('no page complained of anything but what was refused', async () => {
    const refused = /^(409 |Failed to load resource.* 409 )/
    assert.deepEqual(
      ada.complaints.filter((complaint) => !refused.test(complaint)),
      [],
    )
    assert.deepEqual(lin.complaints, [])
  })
})
