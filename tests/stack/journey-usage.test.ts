import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import postgres from 'postgres'
import { newId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import type { User } from '../../lib/contract/user.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const most = tierTable.free.limits.generationsPerMonth

test('how a person comes to the end of what a month allows', { timeout: 600_000 }, async (t) => {
  const stack = await openStack(t)
  const sql = postgres(stack.standIns.postgres?.ownerUrl ?? '', { max: 1 })
  t.after(() => sql.end())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  const step = stepsOf(t, stack)
  const meter = (name: string) => page.getByRole('meter', { name })
  /** Books requests of this month, as runs do that end, until there are so many. */
  const useUpTo = async (count: number) => {
    const { body } = await (await stack.as('ada@example.com')).get<User>(paths.user())
    const [id, own] = [body.id, body.organizations[0]?.id ?? '']
    await sql.begin(async (sql) => {
      await sql`
        insert into everjust.ledger (id, organization_id, user_id, metric, period, state, reserved, settled, ended_at)
        select 'led_' || replace(gen_random_uuid()::text, '-', ''), ${own}, ${id}, 'generations',
          date_trunc('month', now() at time zone 'UTC'), 'settled', 1, 1, now()
        from generate_series(1, ${count} - coalesce((select used from everjust.quotas where organization_id = ${own}
          and metric = 'generations' and period = date_trunc('month', now() at time zone 'UTC')), 0))`
      await sql`
        insert into everjust.quotas (organization_id, metric, period, used)
        values (${own}, 'generations', date_trunc('month', now() at time zone 'UTC'), ${count})
        on conflict (organization_id, metric, period) do update set used = excluded.used`
    })
  }

  /** A team of Ada's that Grace belongs to. */
  const makeSea = async () => {
    const id = newId('organization')
    await sql`insert into everjust.organizations (id, name, kind, tier) values (${id}, 'Sea', 'team', 'team')`
    await sql`
      insert into everjust.memberships (organization_id, user_id, role)
      select ${id}, u.id, case when u.email = 'ada@example.com' then 'owner' else 'editor' end from everjust.users u
      where u.email in ('ada@example.com', 'grace@example.com')`
  }

  await step('sees what a run used, what is left and when it starts anew', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await page.keyboard.press('Enter')
    await page.getByRole('banner').getByText('checks pass').waitFor({ timeout: 120_000 })
    await page.goto(stack.url)
    await button('Account of Ada Lovelace').click()
    await page.getByRole('link', { name: 'Usage' }).click()
    await ada.heading('This month').waitFor()
    await page.getByText(`1 of ${most}`).waitFor()
    await page.getByText(/^It starts anew on /).waitFor()
    await page.getByRole('row', { name: /Ada Lovelace/ }).waitFor()
    await page.getByText(/ in all projects\.$/).waitFor()
    await page.getByRole('meter', { name: /habit tracker/i }).waitFor()
    await ada.lookAt('usage-1-month')
    await page.getByRole('link', { name: /habit tracker/i }).click()
    await page.getByRole('meter', { name: 'Storage' }).waitFor()
    await ada.lookAt('usage-10-project')
    await page.goto(`${stack.url}/settings/usage`)
    await page.getByRole('row', { name: /Ada Lovelace/ }).waitFor()
  })

  await step('takes it along for a spreadsheet', async () => {
    const coming = page.waitForEvent('download')
    await button('Download as CSV').click()
    const text = await readFile(await (await coming).path(), 'utf8')
    assert.match(text, /^day,member,project,model,requests,cost_usd,simulated_usd,sandbox_hours\r\n/)
    assert.match(text, /\d{4}-\d\d-\d\d,Ada Lovelace,[^,]+,[^,]+,1,0\.\d{6},/)
  })

  await step('is told at 80 %, by mail and at home', async () => {
    await useUpTo(most * 0.8)
    await stack.functions.fireSchedule('cron-hour')
    const subjects = () => (stack.standIns.post?.sent() ?? []).map(({ subject }) => subject)
    const deadline = Date.now() + 60_000
    while (!subjects().some((subject) => /used most of this month/.test(subject))) {
      assert.ok(Date.now() < deadline, `no mail, only ${subjects().join(', ')}`)
      await stack.functions.fireSchedule('cron-minute')
    }
    await page.goto(stack.url)
    await page.getByText(`Requests: ${most * 0.8} of ${most}, nearly used up.`).waitFor()
    await ada.lookAt('usage-2-near')
    await page.getByRole('link', { name: 'See the usage' }).click()
    await page.getByText('80 % used.').waitFor()
    assert.equal(await meter('Requests').getAttribute('aria-valuenow'), '80')
    await page.getByRole('link', { name: 'Compare all tiers' }).waitFor()
    await ada.lookAt('usage-3-near')
  })

  await step('puts the word away, and is told again when all of it is used', async () => {
    await page.goto(stack.url)
    await button('Put away').click()
    await page.getByText(/nearly used up/).waitFor({ state: 'detached' })
    await useUpTo(most)
    await page.reload()
    await page.getByText(`Requests: ${most} of ${most}, used up.`).waitFor()
    await ada.lookAt('usage-4-over')
  })

  await step('is refused with what was used, when it starts anew and what to do', async () => {
    const refused = page.waitForResponse((response) => response.url().endsWith('/generate'))
    await page.getByLabel('What should be built?').fill('a page about the sea')
    await page.keyboard.press('Enter')
    assert.equal((await refused).status(), 402)
    await page
      .getByText(new RegExp(`${most} of the ${most} requests of this month are used up`))
      .first()
      .waitFor()
    await ada.lookAt('usage-5-refused')
  })

  await step('goes on with requests that were bought, and sees the month’s own beside them', async () => {
    await sql`
      insert into everjust.billing_accounts (organization_id, credits)
      select m.organization_id, 5 from everjust.memberships m join everjust.users u on u.id = m.user_id
      where u.email = 'ada@example.com'`
    await page.goto(stack.url)
    const begun = page.waitForResponse((response) => response.url().endsWith('/generate'))
    await page.getByLabel('What should be built?').fill('a page about the sea')
    await page.keyboard.press('Enter')
    assert.equal((await begun).status(), 202)
    await page.goto(`${stack.url}/settings/usage`)
    await page.getByText(`${most} of ${most} and 1 from credits`).waitFor()
    await page.getByText('The next ones are beyond the plan: 4 more can begin.').waitFor()
    await ada.lookAt('usage-9-credits')
  })

  await step('caps a member of a team, who is told whose limit it is and what it leaves', async () => {
    const grace = await openPerson(browser, stack.url)
    await grace.page.goto(stack.url)
    await grace.signIn('Grace Hopper')
    await grace.heading('What shall we build?').waitFor()
    await makeSea()
    await page.goto(stack.url)
    await page.getByLabel('Organization', { exact: true }).selectOption('Sea')
    await page.getByRole('link', { name: 'People and settings' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'Usage' }).click()
    await page.getByText('Set limits for Grace Hopper').click()
    await page.getByLabel('At most in a month').last().fill('0.01')
    await button('Save').last().click()
    await page.getByText('$0.00 of $0.01 this month').waitFor()
    await ada.lookAt('usage-6-caps')
    await grace.page.reload()
    await grace.page.getByLabel('Organization', { exact: true }).selectOption('Sea')
    await grace.page.getByLabel('What should be built?').fill('a page about the sea')
    await grace.page.keyboard.press('Enter')
    await grace.page
      .getByText(/The limit .*an admin set for you/)
      .first()
      .waitFor()
    await grace.lookAt('usage-7-capped')
    await grace.page.goto(`${stack.url}/settings/usage`)
    await grace.page.getByText('Your limit here, set by an admin').waitFor()
    await grace.lookAt('usage-8-own')
    await grace.close()
  })

  await step('no page complained of anything else', async () => {
    assert.deepEqual(
      ada.complaints.filter((complaint) => !/402/.test(complaint)),
      [],
    )
  })
})
