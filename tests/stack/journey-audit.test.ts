import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import postgres from 'postgres'
import { paths } from '../../lib/contract/paths.ts'
import type { User } from '../../lib/contract/user.ts'
import { verifyAudit } from '../../scripts/audit-chain.ts'
import { until } from '../world/until.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('how an owner reads what was done', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const caller = await stack.as('ada@example.com')
  const { body: user } = await caller.get<User>(paths.user())
  for (const name of ['Shop', 'Tend']) await caller.post(paths.projects(), { name })
  const [own] = user.organizations
  assert.ok(own)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  const entries = page.getByRole('listitem').filter({ has: page.locator('time') })
  const step = stepsOf(t, stack)

  await step('finds the log from the settings', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByText('Shop').first().waitFor()
    await page.goto(`${stack.url}/settings`)
    await page.getByRole('link', { name: 'Audit log' }).click()
    await ada.heading('Audit log').waitFor()
    await entries.filter({ hasText: 'made a project' }).first().waitFor()
    assert.ok((await entries.first().textContent())?.includes('Ada Lovelace'))
    await page.getByText('Entries are kept for 30 days.').waitFor()
    await ada.lookAt('audit-1-log')
  })

  await step('sees on a phone which of the tabs it is', async () => {
    const tab = page.getByRole('link', { name: 'Audit log' })
    const isInSight = () =>
      tab.evaluate((link) => {
        const [at, row] = [link.getBoundingClientRect(), link.parentElement?.getBoundingClientRect()]
        return row !== undefined && at.left >= row.left && at.right <= row.right
      })
    const before = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    await until(isInSight, Boolean)
    await page.reload()
    await entries.first().waitFor()
    await until(isInSight, Boolean)
    if (before) await page.setViewportSize(before)
  })

  await step('filters, and shows everything again', async () => {
    await page.getByLabel('Outcome').selectOption('denied')
    await page.getByText('No entry fits.').waitFor()
    await ada.lookAt('audit-2-none')
    await button('Show everything').click()
    await entries.first().waitFor()
  })

  await step('looks for one action by its words', async () => {
    await page.getByLabel('About').selectOption({ label: 'Download the audit log' })
    await page.getByText('No entry fits.').waitFor()
    await page.getByLabel('About').selectOption({ label: 'Make a project' })
    await entries.nth(1).waitFor()
    assert.deepEqual(await entries.getByTitle('project.create').allTextContents(), ['made a project', 'made a project'])
    await button('Show everything').click()
  })

  await step('takes it along as a file, which is recorded', async () => {
    const coming = page.waitForEvent('download')
    await button('Download as CSV').click()
    const text = await readFile(await (await coming).path(), 'utf8')
    assert.match(text, /^number,time,actor,name,action/)
    assert.ok(text.includes('project.create'))
    await page.reload()
    await entries.filter({ hasText: 'downloaded the audit log' }).waitFor()
  })

  await step('and all of it is what was recorded', async () => {
    const sql = postgres(stack.standIns.postgres?.ownerUrl ?? '', { max: 1 })
    const { entries: counted, faults } = await verifyAudit(sql).finally(() => sql.end())
    assert.deepEqual([counted > 2, faults, ada.complaints], [true, [], []])
  })
})
