import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import type { Person } from './person.ts'

interface Change {
  what: string
  /** The addresses of what is asked for. */
  asks: string
  does(): Promise<void>
  /** What stands there before it, and again once it was refused; and what stands there meanwhile. */
  before: Locator
  meanwhile: Locator
}

/** What waits is changed on the screen before that is answered: three messages, of which the first is this one. */
export async function queueGoesBack(person: Person, first: string): Promise<void> {
  const { page, button } = person
  const queue = page.getByRole('region', { name: 'Messages that wait' })
  const row = (at: number, text: string) => queue.getByRole('listitem').nth(at).getByText(text)
  await goBackWhenRefused(person, [
    {
      what: 'another order',
      asks: '**/conversations/*/queue',
      does: () => queue.getByRole('button', { name: `Move “${first}”, now number 1` }).press('ArrowDown'),
      before: row(0, first),
      meanwhile: row(1, first),
    },
    {
      what: 'other words',
      asks: '**/conversations/*/queue/*',
      async does() {
        await button(`Edit “${first}”`).click()
        await queue.getByLabel('Message').fill('something else')
        await page.keyboard.press('Enter')
      },
      before: row(0, first),
      meanwhile: row(0, 'something else'),
    },
    {
      what: 'a message less',
      asks: '**/conversations/*/queue/*',
      does: () => button(`Remove “${first}”`).click(),
      before: queue.getByText('3 messages wait'),
      meanwhile: queue.getByText('2 messages wait'),
    },
    {
      what: 'going on',
      asks: '**/conversations/*/queue',
      does: () => button('Go on').click(),
      before: button('Go on'),
      meanwhile: queue.filter({ hasNot: button('Go on') }),
    },
  ])
}

/** So is the name of the newest version, for who looks at the versions. */
export function nameGoesBack(person: Person): Promise<void> {
  const { page } = person
  const version = page.getByRole('tabpanel').getByRole('listitem').first()
  return goBackWhenRefused(person, [
    {
      what: 'the name of a version',
      asks: '**/versions/*',
      async does() {
        await version.getByRole('button', { name: 'Name it' }).click()
        await page.keyboard.type('The one to keep')
        await page.keyboard.press('Enter')
      },
      before: version.filter({ hasNotText: 'The one to keep' }),
      meanwhile: version.getByText('The one to keep'),
    },
  ])
}

async function goBackWhenRefused({ page, complaints }: Person, changes: readonly Change[]): Promise<void> {
  for (const { what, asks, does, before, meanwhile } of changes) {
    const seen = Promise.withResolvers<void>()
    await page.route(asks, async (route) => {
      if (route.request().method() === 'GET') return route.fallback()
      await seen.promise
      return route.fulfill({ status: 409, json: refusal })
    })
    await does()
    await meanwhile.waitFor()
    seen.resolve()
    await before.waitFor()
    await page.getByText(refusal.detail).first().waitFor()
    await page.unroute(asks)
    const told = complaints.splice(0)
    assert.ok(told.length > 0 && told.every((complaint) => complaint.includes('409')), `${what}: ${told.join()}`)
  }
}

const refusal = {
  code: 'conflict',
  title: 'Something else happened first.',
  detail: 'Somebody was faster.',
  status: 409,
}
