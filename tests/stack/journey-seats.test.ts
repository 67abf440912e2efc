import assert from 'node:assert/strict'
import { test } from 'node:test'
import postgres from 'postgres'
import { tierTable } from '../../lib/domain/tiers.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const seat = tierTable.team.monthlyMicros / 1_000_000

test('what a team does that pays for its seats', { timeout: 600_000 }, async (t) => {
  const stack = await openStack(t)
  const sql = postgres(stack.standIns.postgres?.ownerUrl ?? '', { max: 1 })
  t.after(() => sql.end())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page } = ada
  const step = stepsOf(t, stack)
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const seats = page.getByLabel('Number of seats')
  let billing = ''

  await step('makes a team and pays for two seats, with a code that takes half off', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.button('Make an organization').click()
    await page.getByLabel('Name of the organization').fill('Sea')
    await page.getByRole('dialog').getByRole('button', { name: 'Make an organization' }).click()
    await page.getByRole('link', { name: 'People and settings' }).click()
    await ada.heading('Sea').waitFor()
    await page.getByRole('navigation').getByRole('link', { name: 'Plan and billing' }).click()
    await says('Nothing is paid for this.')
    billing = page.url()
    await seats.fill('2')
    await ada.button('Subscribe to Team').click()
    await page.getByLabel('Card number').fill('4242 4242 4242 4242')
    await page.getByLabel('Promotion code').fill('NOTHING')
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await says('This promotion code is not known.')
    await page.getByLabel('Card number').fill('4242 4242 4242 4242')
    await page.getByLabel('Promotion code').fill('WELCOME')
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.waitForURL(`${stack.url}/**`)
    await says(/^Paid\. Renews on/)
    await says('1 of 2 seats are taken.')
    await page.getByRole('listitem').getByText(`$${seat}.00`).waitFor()
    await ada.lookAt('seats-1-team')
  })

  await step('sees what more seats cost before taking them, and what fewer give back', async () => {
    await seats.fill('5')
    await ada.button('Show what it costs').click()
    await says(/\$[\d.]+ now\./)
    await says(`$${5 * seat} a month.`)
    await ada.lookAt('seats-2-preview')
    await ada.button('Change to 5 seats').click()
    await says('1 of 5 seats are taken.')
    await seats.fill('3')
    await ada.button('Show what it costs').click()
    await says(/ is credited\./)
    await ada.button('Change to 3 seats').click()
    await says('1 of 3 seats are taken.')
    await seats.fill('0')
    await says('There are 1 members: no fewer seats than that.')
  })

  await step('is told what rests while there is more of it than the plan allows', async () => {
    const [organization = ''] = /org_\w+/.exec(billing) ?? []
    await sql`
      insert into everjust.quotas (organization_id, metric, period, used)
      values (${organization}, 'generations', date_trunc('month', now() at time zone 'UTC'), 99999)
      on conflict (organization_id, metric, period) do update set used = excluded.used`
    await page.reload()
    await says('Over the plan')
    await says('99,999 requests this month, of 15,000: no more begin until ')
    await ada.lookAt('seats-3-over')
    await sql`delete from everjust.quotas where organization_id = ${organization}`
  })

  await step('cannot pay while the provider is down, is told so, and does everything else', async () => {
    await stack.standIns.billing?.stop()
    await page.reload()
    await says('1 of 3 seats are taken.')
    await seats.fill('4')
    await ada.button('Show what it costs').click()
    await says('The provider of payments does not answer')
    await says('Nothing was paid or changed.')
    await ada.lookAt('seats-4-down')
    await page.goto(stack.url)
    const begun = page.waitForResponse((response) => response.url().endsWith('/generate'))
    await page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await page.keyboard.press('Enter')
    assert.equal((await begun).status(), 202)
    await page.getByRole('banner').getByText('checks pass').waitFor({ timeout: 180_000 })
  })

  await step('no page complained of anything else', async () => {
    assert.deepEqual(
      ada.complaints.filter((each) => !/\b(400|503)\b/.test(each)),
      [],
    )
  })
})
