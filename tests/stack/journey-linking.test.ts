import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paths } from '../../lib/contract/paths.ts'
import { openBrowser } from '../templates/browser.ts'
import { ageSignIn } from './aged-sign-in.ts'
import { openBackstage } from './backstage.ts'
import { mailedLink } from './mail.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('how a person signs in by more than one account', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const { sql } = openBackstage(t, stack)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const [ada, phone] = await Promise.all([openPerson(browser, stack.url), openPerson(browser, stack.url)])
  const { page } = ada
  const step = stepsOf(t, stack)
  const accounts = page.getByRole('list', { name: 'Accounts you sign in by' })
  const atTheIssuer = () => page.waitForURL('**/u/login**')
  /** Somebody whom the issuer does not show: without a project or a plan. */
  const byMail = async () => {
    await atTheIssuer()
    await page.getByLabel('E-mail').fill('ada@lovelace.example')
    await page.getByLabel('Password').fill('local')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  await step('sees the one account, and must have signed in just now to link another', async () => {
    await (await stack.as('ada@example.com')).post(paths.projects(), { name: 'Habits' })
    await (await stack.as('lin@example.com')).post(paths.projects(), { name: 'Diary' })
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByText('Habits').first().waitFor()
    await ageSignIn(stack, page, 600)
    await page.goto(`${stack.url}/settings/sign-in`)
    await accounts.getByText('ada@example.com', { exact: true }).waitFor()
    await page.getByText('this sign-in', { exact: true }).waitFor()
    await ada.lookAt('linking-1-one')
    await ada.button('Link another account').click()
    await page.getByText('This needs a sign-in of the last five minutes.').waitFor()
    await ada.button('Sign in again').click()
    await atTheIssuer()
    await ada.button(/Ada Lovelace/).click()
    await accounts.getByText('ada@example.com', { exact: true }).waitFor()
  })

  await step('is told what an account still has that would be lost, and may choose another', async () => {
    await ada.button('Link another account').click()
    await atTheIssuer()
    await ada.button(/Lin Huiyin/).click()
    await page.waitForURL('**/settings/sign-in/link')
    await ada.heading('Link lin@example.com to the account of ada@example.com?').waitFor()
    await ada.lookAt('linking-2-asked')
    await ada.button('Link them').click()
    await page.getByText('They were not linked.').waitFor()
    await page.getByText('This account still has projects', { exact: false }).waitFor()
    await ada.lookAt('linking-3-refused')
    await ada.button('Sign in by another account').click()
    await byMail()
    await ada.heading('Link ada@lovelace.example to the account of ada@example.com?').waitFor()
  })

  await step('links the two, and has by the second what the first one has', async () => {
    await ada.button('Link them').click()
    await page.waitForURL('**/settings/sign-in')
    await page.getByText('Both accounts lead here from now on.').waitFor()
    await accounts.getByText('ada@lovelace.example', { exact: true }).waitFor()
    assert.equal(await accounts.getByRole('listitem').count(), 2)
    await ada.lookAt('linking-4-two')
    await page.goto(stack.url)
    await page.getByText('Habits').first().waitFor()
    await mailedLink(stack, 'ada@example.com', /ada@lovelace\.example signs in to the account of ada@example\.com/)
    await mailedLink(stack, 'ada@lovelace.example', /ada@lovelace\.example signs in to the account of ada@example\.com/)
  })

  await step('the question of a link that is done, or was never asked for, says so', async () => {
    await page.goto(`${stack.url}/settings/sign-in/link`)
    await page.getByText('Nothing is asked for here.').waitFor()
    await ada.lookAt('linking-5-over')
  })

  await step('takes the second one away from another browser, where whoever came by it is out at once', async () => {
    await phone.page.goto(stack.url)
    await phone.signIn('Ada Lovelace')
    await phone.page.getByText('Habits').first().waitFor()
    await phone.page.goto(`${stack.url}/settings/sign-in`)
    await phone.button('Take away ada@lovelace.example').click()
    await phone.page.getByRole('dialog').getByRole('button', { name: 'Take away', exact: true }).click()
    await phone.page.getByText('ada@lovelace.example does not sign in here any more.').waitFor()
    await mailedLink(stack, 'ada@lovelace.example', /does not sign in/)
    await page.goto(`${stack.url}/settings/sign-in`)
    await page.getByText('Your sign-in has ended.').waitFor()
    // The issuer tells whole seconds: who proves anew in the same one as before is not known to have done so.
    await sql`update everjust.departures set at = at - interval '2 seconds'`
    await ada.button('Sign in again').click()
    await byMail()
    await accounts.getByText('ada@lovelace.example', { exact: true }).waitFor()
    assert.equal(await accounts.getByRole('listitem').count(), 1, 'she begins anew')
  })
})
