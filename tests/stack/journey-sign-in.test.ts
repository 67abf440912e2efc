import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrganizationId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { accountPaths } from '../../lib/contract/account-paths.ts'
import type { User } from '../../lib/contract/user.ts'
import { openBrowser } from '../templates/browser.ts'
import { ageSignIn } from './aged-sign-in.ts'
import { openBackstage } from './backstage.ts'
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
  const step = stepsOf(t, stack)

  await step('is signed in in two browsers, and sees both', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await phone.page.goto(stack.url)
    await phone.signIn('Ada Lovelace')
    await phone.heading('What shall we build?').waitFor()
    await page.goto(`${stack.url}/settings`)
    await page.getByRole('link', { name: 'Sign-in' }).click()
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

test('how an organization asks for a second factor', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const { sql } = openBackstage(t, stack)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ada, grace] = await Promise.all([openPerson(browser, stack.url), openPerson(browser, stack.url)])
  const { page } = ada
  const step = stepsOf(t, stack)
  let sea = '' as OrganizationId
  const asked = () => page.getByLabel('Ask everybody for a second factor')

  await step('reads what the plan lets an organization ask', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    const [adas, graces] = await Promise.all([stack.as('ada@example.com'), stack.as('grace@example.com')])
    sea = (await adas.post<{ id: OrganizationId }>(accountPaths.organizations(), { name: 'Sea' })).body.id
    const { id } = (await graces.get<User>(paths.user())).body
    await sql`insert into everjust.memberships (organization_id, user_id, role) values (${sea}, ${id}, 'editor')`
    await page.goto(`${stack.url}/organizations/${sea}/sign-in`)
    await page.getByText('The plan of this organization cannot ask for it.').waitFor()
    assert.equal(await asked().isDisabled(), true)
    await sql`update everjust.organizations set tier = 'team', seats = 5 where id = ${sea}`
    await page.reload()
  })

  await step('must have signed in just now to change it', async () => {
    await ageSignIn(stack, page, 600)
    await page.reload()
    await asked().check()
    await ada.button('Save').click()
    await page.getByText('This needs a sign-in of the last five minutes.').waitFor()
    assert.equal(await page.getByText('Sign in again first', { exact: false }).count(), 0, 'it is said once')
    await ada.lookAt('sign-in-3-fresh')
    await ada.button('Sign in again').click()
    await page.waitForURL('**/u/login**')
    await ada.button(/Ada Lovelace/).click()
    await page.waitForURL(`**/organizations/${sea}/sign-in`)
  })

  await step('must have two factors of her own, before she asks them of everybody', async () => {
    await asked().check()
    await ada.button('Save').click()
    await ada.button('Sign in by two factors').click()
    await page.waitForURL('**/u/login**')
    await ada.button(/Ada Lovelace/).click()
    await page.getByLabel('Code').fill('000000')
    await ada.button('Continue').click()
    await page.getByText('That code does not match.').waitFor()
    await ada.lookAt('sign-in-4-code')
    await page.getByLabel('Code').fill('123456')
    await ada.button('Continue').click()
    await page.waitForURL(`**/organizations/${sea}/sign-in`)
    await asked().check()
    await ada.button('Save').click()
    await page.getByText('Everybody needs a second factor from now on.').waitFor()
    await ada.lookAt('sign-in-5-asked')
  })

  await step('who comes without is led to it, and comes in', async () => {
    await grace.page.goto(`${stack.url}/organizations/${sea}`)
    await grace.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await grace.page.waitForURL('**/u/login**')
    await grace.button(/Grace Hopper/).click()
    await grace.page.getByText('This organization asks for two factors.').waitFor()
    await grace.lookAt('sign-in-6-led')
    await grace.button('Sign in by two factors').click()
    await grace.page.waitForURL('**/u/login**')
    await grace.button(/Grace Hopper/).click()
    await grace.page.getByLabel('Code').fill('123456')
    await grace.button('Continue').click()
    await grace.heading('Sea').waitFor()
    await grace.page.goto(`${stack.url}/settings/sign-in`)
    await grace.page.getByText('two factors', { exact: true }).waitFor()
  })
})

test('how the people of a company sign in', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const { sql } = openBackstage(t, stack)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ada, mia] = await Promise.all([openPerson(browser, stack.url), openPerson(browser, stack.url)])
  const { page } = ada
  const step = stepsOf(t, stack)
  let sea = '' as OrganizationId

  await step('an owner is led to the issuer’s page, and connects the directory there', async () => {
    const api = await stack.as('ada@example.com')
    sea = (await api.post<{ id: OrganizationId }>(accountPaths.organizations(), { name: 'Sea' })).body.id
    await sql`update everjust.organizations set tier = 'enterprise', seats = 50 where id = ${sea}`
    await page.goto(`${stack.url}/organizations/${sea}/sign-in`)
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/u/login**')
    await ada.button(/Ada Lovelace/).click()
    await ada.button('Sign in by two factors').click()
    await page.waitForURL('**/u/login**')
    await ada.button(/Ada Lovelace/).click()
    await page.getByLabel('Code').fill('123456')
    await ada.button('Continue').click()
    await page.getByText('The plan of this organization always asks for it.').waitFor()
    await page.getByText('No directory is connected.').waitFor()
    await ada.lookAt('sign-in-7-company')
    await ada.button('Connect a directory').click()
    await page.waitForURL('**/self-service**')
    await page.getByLabel('Mail domains').fill('sea.example')
    await ada.lookAt('sign-in-8-connect')
    await ada.button('Connect').click()
    await ada.heading('The directory is connected').waitFor()
  })

  await step('somebody of the company is sent there by the mail address, and belongs to the organization', async () => {
    await mia.page.goto(`${stack.url}/organizations/${sea}`)
    await mia.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await mia.page.waitForURL('**/u/login**')
    await mia.page.getByLabel('E-mail').fill('mia@sea.example')
    await mia.page.getByLabel('Password').fill('x')
    await mia.button('Sign in').click()
    await mia.heading('Sign in at Sea').waitFor()
    await mia.lookAt('sign-in-9-directory')
    await mia.button('Continue as mia@sea.example').click()
    await mia.heading('Sea').waitFor()
    await mia.page.getByText('editor').first().waitFor()
  })

  await step('everybody but owners must come by it, once an owner chose so', async () => {
    await page.goto(`${stack.url}/organizations/${sea}/sign-in`)
    await page.getByLabel('Everybody but owners signs in there alone').check()
    await ada.button('Save').last().click()
    await page.getByText('Everybody but owners comes by the company', { exact: false }).waitFor()
    await ada.lookAt('sign-in-10-only')
    const { id } = (await (await stack.as('grace@example.com')).get<User>(paths.user())).body
    await sql`insert into everjust.memberships (organization_id, user_id, role) values (${sea}, ${id}, 'editor')`
    const grace = await openPerson(browser, stack.url)
    await grace.page.goto(`${stack.url}/organizations/${sea}`)
    await grace.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await grace.page.waitForURL('**/u/login**')
    await grace.button(/Grace Hopper/).click()
    await grace.button('Sign in by the company').waitFor()
    await grace.lookAt('sign-in-11-led')
  })
})
