import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { paths } from '../../lib/contract/paths.ts'
import { accountPaths } from '../../lib/contract/account-paths.ts'
import type { OpenedReceipt } from '../../lib/contract/deletion.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { User } from '../../lib/contract/user.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('how somebody takes along what is theirs and vanishes', { timeout: 300_000 }, async (t) => {
  const terms = { TERMS_URL: 'https://example.com/terms', TERMS_VERSION: '2026-11' }
  const stack = await openStack(t, { settings: terms })
  const caller = await stack.as('ada@example.com')
  const { body: before } = await caller.get<User>(paths.user())
  const { body: project } = await caller.post<Project>(paths.projects(), { name: 'Diary' })
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  const step = stepsOf(t, stack)

  await step('is asked for consent to the terms, may put it off, and gives it once', async () => {
    const bar = page.getByRole('region', { name: 'Terms' })
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await bar.waitFor()
    const link = bar.getByRole('link', { name: /^Terms, version 2026-11/ })
    assert.equal(await link.getAttribute('href'), terms.TERMS_URL)
    await ada.lookAt('vanish-0-terms')
    await page.goto(`${stack.url}/data`)
    await page
      .locator('main')
      .getByRole('link', { name: /^Terms, version 2026-11/ })
      .waitFor()
    await bar.waitFor()
    await page.goto(stack.url)
    await bar.getByRole('button', { name: 'Later' }).click()
    await bar.waitFor({ state: 'detached' })
    assert.equal((await caller.get<User>(paths.user())).body.termsAccepted, false)
    await page.reload()
    await bar.getByRole('button', { name: 'I accept' }).click()
    await bar.waitFor({ state: 'detached' })
    assert.equal((await caller.get<User>(paths.user())).body.termsAccepted, true)
  })

  await step('has the data put together, and downloads it', async () => {
    await page.getByText('Diary').first().waitFor()
    await page.goto(`${stack.url}/settings`)
    await page.getByRole('link', { name: 'Your data' }).click()
    await button('Put my data together').waitFor()
    await ada.lookAt('vanish-1-data')
    await button('Put my data together').click()
    const archive = page.getByRole('link', { name: /^Archive 1/ })
    await archive.waitFor()
    assert.equal(await page.getByText('is not answering').count(), 0)
    await ada.lookAt('vanish-2-archive')
    const coming = page.waitForEvent('download')
    await archive.click()
    const bytes = await readFile(await (await coming).path())
    assert.ok(bytes.subarray(0, 2).equals(Buffer.from('PK')))
    assert.ok(bytes.includes(`projects/${project.id}/project.json`))
  })

  await step('deletes the account, and is out', async () => {
    await button('Delete my account').click()
    await page.getByRole('dialog').getByText('Delete your account for good?').waitFor()
    await ada.lookAt('vanish-3-ask')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete my account' }).click()
    await page.waitForURL('**/receipts/rcp_*')
    assert.equal((await caller.get(paths.user())).status, 401)
  })

  await step('reads the receipt: nothing is left, also after coming back to it', async () => {
    const nothing = page.getByText(/places: nothing is left/)
    await nothing.waitFor()
    await ada.lookAt('vanish-4-receipt')
    const url = page.url()
    await page.goto(stack.url)
    await page.goto(url)
    await nothing.waitFor()
    await button('Sign in').first().waitFor()
    const answer = await fetch(`${stack.url}${accountPaths.receipt(url.split('/').at(-1) as OpenedReceipt['id'])}`)
    const { subject, counts } = (await answer.json()) as OpenedReceipt
    assert.equal(subject, before.id)
    assert.deepEqual([...new Set(Object.values(counts ?? {}))], [0])
  })

  await step('is nobody to the issuer, and begins anew', async () => {
    assert.ok(!stack.standIns.issuer?.people().some(({ email }) => email === 'ada@example.com'))
    const anew = await stack.as('ada@example.com')
    const { status, body } = await anew.get<User>(paths.user())
    assert.equal(status, 200)
    assert.notEqual(body.id, before.id)
    assert.equal((await anew.get(paths.project(project.id))).status, 404)
    assert.deepEqual(ada.complaints, [])
  })
})
