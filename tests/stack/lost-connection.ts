import assert from 'node:assert/strict'
import type { Route } from 'playwright-core'
import type { Person } from './person.ts'

/** What somebody says while nothing answers: it is kept, sent once, and comes back when it is refused. */
export const lostConnection = [
  {
    name: 'says something whose answer is lost, reloads the page, and it is done once',
    async does({ page, button, latest, seeEnd, ask, complaints }: Person) {
      const unsent = page.getByRole('list', { name: 'Not sent yet' })
      const keys: string[] = []
      let lost = true
      const losing = async (route: Route) => {
        keys.push((await route.request().headerValue('idempotency-key')) ?? '')
        if (!lost) return route.continue()
        // The first one arrives, and nobody hears that it did.
        if (keys.length === 1) await route.fetch()
        return route.abort('connectionreset')
      }
      await page.route('**/generate', losing)
      await ask('rename it to Morning rituals')
      await unsent.getByText('rename it to Morning rituals').waitFor()
      await unsent.getByText('It is sent as soon as EverJust answers.').waitFor()
      assert.equal(await page.getByLabel('What should change?').inputValue(), '')
      await page.reload()
      await unsent.getByText('rename it to Morning rituals').waitFor()
      lost = false
      await unsent.waitFor({ state: 'detached' })
      await seeEnd('rename it to Morning rituals')
      assert.equal(await page.getByRole('article').filter({ hasText: 'rename it to Morning rituals' }).count(), 1)
      assert.ok(keys.length > 1 && new Set(keys).size === 1, keys.join())
      await page.unroute('**/generate', losing)
      await latest()
        .getByRole('button', { name: /^version \d+$/ })
        .waitFor()
      await button('Stop').waitFor({ state: 'detached' })
      forgive(complaints)
    },
  },
  {
    name: 'says something without a connection, and it is sent once there is one',
    async does({ page, lookAt, seeEnd, ask, complaints, button }: Person) {
      const unsent = page.getByRole('list', { name: 'Not sent yet' })
      await page.context().setOffline(true)
      await ask('make it purple again')
      await ask('never mind this one')
      await unsent.getByText('It will be sent when you are back online.').first().waitFor()
      await lookAt('talk-13-offline')
      await unsent
        .getByRole('listitem')
        .filter({ hasText: 'never mind' })
        .getByRole('button', { name: 'Take it back' })
        .click()
      assert.equal(await page.getByLabel('What should change?').inputValue(), 'never mind this one')
      await page.getByLabel('What should change?').fill('')
      await page.context().setOffline(false)
      await unsent.waitFor({ state: 'detached' })
      await seeEnd('make it purple again')
      await button('Stop').waitFor({ state: 'detached' })
      forgive(complaints)
    },
  },
  {
    name: 'wants to find something without a connection, and does once there is one',
    async does({ page, lookAt, complaints, button }: Person) {
      await page.context().setOffline(true)
      await page.keyboard.press('Alt+s')
      await page.getByText('This part could not be loaded.').waitFor()
      await lookAt('talk-16-not-loaded')
      await page.context().setOffline(false)
      await button('Reload the page').click()
      const field = page.getByRole('search').getByRole('textbox')
      await page.getByRole('article').last().waitFor()
      await page.keyboard.press('Alt+s')
      await field.waitFor()
      assert.equal(await field.evaluate((element) => element === document.activeElement), true)
      await page.keyboard.press('Escape')
      await page.getByRole('search').waitFor({ state: 'detached' })
      forgive(complaints)
    },
  },
  {
    name: 'limits what the project may cost, and gets refused words back',
    async does({ page, lookAt, ask, complaints, button }: Person) {
      await page.getByRole('tab', { name: 'Settings' }).click()
      const part = page.getByRole('region', { name: 'Model and limits' })
      await part.getByLabel('Model of this project').selectOption({ index: 1 })
      await part.getByRole('button', { name: 'Save' }).first().click()
      await part.getByText('Saved.').waitFor()
      await part.getByLabel('At most in a month').fill('0.01')
      await part.getByRole('button', { name: 'Save' }).last().click()
      await part.getByText('Saved.').last().waitFor()
      await part.getByText(/used or set aside this month/).waitFor()
      await part.scrollIntoViewIfNeeded()
      await lookAt('talk-14-model-and-limits')
      await ask('add a page of statistics')
      await page.getByText('What may be used or spent is used up.').waitFor()
      assert.equal(await page.getByLabel('What should change?').inputValue(), 'add a page of statistics')
      await page.getByText(/^The project’s limit of \$0\.01 a month leaves \$0\.00: too little/).waitFor()
      await lookAt('talk-15-refused')
      await page.getByLabel('What should change?').fill('')
      await part.getByLabel('At most in a month').fill('')
      await part.getByRole('button', { name: 'Save' }).last().click()
      await part.getByText('Saved.').last().waitFor()
      await button('Build it').waitFor()
      const refusals = complaints.splice(0)
      assert.ok(refusals.length > 0 && refusals.every((complaint) => complaint.includes('402')), refusals.join())
    },
  },
]

/** What a browser says of requests that reach nobody. */
function forgive(complaints: string[]): void {
  const others = complaints
    .splice(0)
    .filter((complaint) => !/ERR_(CONNECTION_RESET|INTERNET_DISCONNECTED|FAILED|NETWORK)/.test(complaint))
  assert.deepEqual(others, [])
}
