import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Generation } from '../../lib/contract/generation.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { accountPaths } from '../../lib/contract/account-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { Usage, User } from '../../lib/contract/user.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const school = 'A talk at a school.'
const spam = 'It sends spam.'
const moving = 'We move house on Sunday.'

test('who runs the installation sees it and steers it', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ops, grace] = await Promise.all([openPerson(browser, stack.url), openPerson(browser, stack.url)])
  const api = await stack.as('grace@example.com')
  const { page } = ops
  const step = stepsOf(t, stack)
  const console = page.getByRole('navigation', { name: 'Operator’s console' })
  const tab = (name: string) => console.getByRole('link', { name, exact: true }).click()

  await step('for everybody else nothing is there', async () => {
    await grace.page.goto(stack.url)
    await grace.signIn('Grace Hopper')
    await grace.heading('What shall we build?').waitFor()
    await grace.button('Account of Grace Hopper').click()
    await grace.button('Sign out').waitFor()
    assert.equal(await grace.page.getByRole('link', { name: 'Operator’s console' }).count(), 0)
    await grace.page.goto(`${stack.url}/operator`)
    await grace.heading(/^There is nothing at this address/).waitFor()
    grace.complaints.length = 0
  })

  await step('comes to the figures by the account menu', async () => {
    const { generation, project } = await api.build('a habit tracker with streaks')
    assert.equal((await api.ended(project.id, generation.id)).state, 'succeeded')
    await page.goto(stack.url)
    await ops.signIn('Operations')
    await ops.heading('What shall we build?').waitFor()
    await ops.button('Account of Operations').click()
    await page.getByRole('link', { name: 'Operator’s console' }).click()
    await ops.heading('Figures').waitFor()
    await page.getByText('Unit economics').waitFor()
    await ops.lookAt('operator-1-figures')
  })

  await step('finds an organization and sets a limit for it, until a day and for a reason', async () => {
    await tab('Organizations')
    await page.getByLabel('Name or id of an organization').fill('Grace')
    await page.keyboard.press('Enter')
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' })
    await ops.lookAt('operator-2-organizations')
    await page.getByRole('table').getByRole('link', { name: /Grace/ }).click()
    await page.getByLabel('Tier', { exact: true }).selectOption('enterprise')
    await page.getByLabel('Requests a month').fill('7')
    await page.getByLabel('Until the end of').fill('2099-12-31')
    await page.getByLabel('Reason, kept in the audit log').fill(school)
    await ops.lookAt('operator-3-organization')
    await ops.button('Set').click()
    await page.getByText('Something is set until').waitFor()
    const usage = (await api.get<Usage>(paths.usage())).body
    assert.deepEqual([usage.tier, usage.generations.limit], ['enterprise', 7])
  })

  await step('takes it back', async () => {
    await ops.button('Take it back').click()
    await page.getByText('What is paid for holds again.').waitFor()
    assert.equal((await api.get<Usage>(paths.usage())).body.tier, 'pro')
  })

  await step('stops a run, whoever asked for it', async () => {
    const project = (await api.post<Project>(paths.projects(), { name: 'Endless', template: 'react' })).body
    const run = (await api.post<Generation>(projectPaths.generate(project.id), { prompt: 'a todo list' })).body
    await tab('Runs')
    await ops.button('Stop: Endless').click()
    await page.getByRole('dialog').getByLabel('Reason, told to whom it concerns').fill('It costs too much.')
    await ops.lookAt('operator-4-stop')
    await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByText('It is being stopped.').waitFor()
    assert.equal((await api.ended(project.id, run.id)).state, 'cancelled')
    await ops.button('Look again').click()
    await page.getByText('Nothing runs.').waitFor()
    await ops.lookAt('operator-5-runs')
  })

  await step('suspends somebody, who is told why with the next click', async () => {
    await tab('People')
    await page.getByLabel('E-mail, name or id of a person').fill('grace@')
    await page.keyboard.press('Enter')
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' })
    await ops.lookAt('operator-6-people')
    await ops.button('Suspend: Grace Hopper').click()
    await page.getByRole('dialog').getByLabel('Reason, told to whom it concerns').fill(spam)
    await ops.lookAt('operator-7-suspend')
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await ops.button('Let in again: Grace Hopper').waitFor()
    await grace.page.goto(stack.url)
    await grace.page.getByText(spam).first().waitFor()
    await grace.lookAt('operator-8-suspended')
  })

  await step('lets them in again', async () => {
    await ops.button('Let in again: Grace Hopper').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Let in again', exact: true }).click()
    await ops.button('Suspend: Grace Hopper').waitFor()
    await grace.page.reload()
    await grace.page.getByText('Endless').first().waitFor()
  })

  await step('announces something, which everybody reads once', async () => {
    await tab('Announcements')
    await page.getByLabel('In English').fill(moving)
    await page.getByLabel('In German, if you like').fill('Am Sonntag ziehen wir um.')
    await page.route('**/api/v1/operator/announcements', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      const problem = { code: 'fresh_sign_in_required', title: 'Sign in again first.', detail: '' }
      await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await ops.button('Announce it').click()
    await ops.button('Sign in again').waitFor()
    await ops.lookAt('operator-9-again')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await ops.button('Sign in again').click()
    await page.waitForURL('**/u/login**')
    await ops.button(/Operations/).click()
    await page.getByLabel('In German, if you like').waitFor()
    assert.equal(await page.getByLabel('In English').inputValue(), moving)
    await ops.button('Announce it').click()
    await page.getByRole('row').filter({ hasText: moving }).waitFor()
    await ops.lookAt('operator-10-announcements')

    const stranger = await openPerson(browser, stack.url)
    await stranger.page.goto(stack.url)
    const told = stranger.page.getByRole('region', { name: 'Announcement', exact: true })
    await told.getByText(moving).waitFor()
    await stranger.lookAt('operator-11-told')
    await told.getByRole('button', { name: 'I have read it' }).click()
    await told.waitFor({ state: 'detached' })
    const asked = stranger.page.waitForResponse('**/api/v1/settings/announcements')
    await stranger.page.reload()
    await asked
    assert.equal(await told.count(), 0)
    ops.complaints.length = 0
  })

  await step('ends it', async () => {
    await ops.button(`End it: ${moving}`).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it', exact: true }).click()
    await page.getByRole('row').filter({ hasText: moving }).getByText('over').waitFor()
  })

  await step('switches something off for one organization, and on again', async () => {
    const own = (await api.get<User>(paths.user())).body.organizations[0]
    assert.ok(own)
    await tab('Switches')
    const part = page.getByRole('region', { name: 'Organizations for several people' })
    await part.getByLabel('For one organization, by its id').fill(own.id)
    await part.getByLabel('On or off').selectOption('off')
    await part.getByRole('button', { name: 'Set for this one' }).click()
    await part.getByRole('link', { name: 'Grace Hopper' }).waitFor()
    await ops.lookAt('operator-12-switches')
    assert.equal((await api.post(accountPaths.organizations(), { name: 'Ships' })).status, 403)
    await grace.page.goto(stack.url)
    await grace.page.getByText('Endless').first().waitFor()
    await grace.button('Make an organization').waitFor({ state: 'detached' })
    await part.getByRole('button', { name: 'Take it back: Grace Hopper' }).click()
    await part.getByRole('link', { name: 'Grace Hopper' }).waitFor({ state: 'detached' })
    await grace.page.reload()
    await grace.button('Make an organization').waitFor()
  })

  await step('every deed stands in the log of whom it concerns', async () => {
    const own = (await api.get<User>(paths.user())).body.organizations[0]
    assert.ok(own)
    await grace.page.goto(`${stack.url}/organizations/${own.id}/audit`)
    for (const action of ['grant.set', 'run.stop', 'person.suspend', 'flag.except']) {
      await grace.page.getByTitle(`operator.${action}`).first().waitFor()
    }
  })

  await step('no page complained', async () => {
    assert.deepEqual(ops.complaints, [])
  })
})
