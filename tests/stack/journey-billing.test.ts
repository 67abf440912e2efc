import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const cards = { good: '4242 4242 4242 4242', failing: '4000 0000 0000 0341', declined: '4000 0000 0000 0002' }

test('what a person does who pays', { timeout: 600_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page } = ada
  const step = stepsOf(t, stack)
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const mails = () => stack.standIns.post?.sent().map(({ subject }) => subject) ?? []

  await step('finds from the settings what is paid', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.button('Account of Ada Lovelace').click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Plan and billing' }).first().click()
    await says('Nothing is paid for this.')
    await ada.lookAt('billing-1-free')
  })

  await step('is told when the card is declined, and pays by another one', async () => {
    await ada.button('Subscribe to Pro').click()
    await pay(page, cards.declined)
    await says('Your card was declined.')
    await pay(page, cards.good)
    await page.waitForURL(`${stack.url}/**`)
    await says(/^Paid\. Renews on/)
    await says('$19.00')
    assert.equal(new URL(page.url()).search, '')
    await ada.lookAt('billing-2-pro')
  })

  await step('cancels, keeps it until the month ends, and changes her mind', async () => {
    await ada.button('Card, cancelling and tax details').click()
    await ada.button('Cancel the plan').click()
    await back(page)
    await says(/^Cancelled\. Ends on/)
    await ada.lookAt('billing-3-ending')
    await ada.button('Card, cancelling and tax details').click()
    await ada.button('Keep the plan').click()
    await back(page)
    await says(/^Paid\. Renews on/)
  })

  await step('is told on the page and by mail when the card fails, and mends it', async () => {
    await ada.button('Card, cancelling and tax details').click()
    await useCard(page, cards.failing)
    await back(page)
    await stack.standIns.billing?.advance(31)
    await until(() => mails().some((subject) => /^A payment for .* failed$/.test(subject)))
    await page.goto(stack.url)
    await says(/^A payment for Ada Lovelace failed\./)
    await ada.lookAt('billing-6-bar')
    await page.getByRole('link', { name: 'Use another card' }).click()
    await ada.page.getByRole('alert').getByText('The last payment failed').waitFor()
    await says(/^A payment is open\. The plan holds until/)
    await ada.lookAt('billing-4-owing')
    await ada.button('Use another card').click()
    await useCard(page, cards.good)
    await back(page)
    await says(/^Paid\. Renews on/)
    await until(() => mails().some((subject) => / is paid again$/.test(subject)))
  })

  await step('buys requests ahead, and says how many may be charged beyond them', async () => {
    await says('No bought requests are left.')
    await page.getByLabel('Packs of 100 requests').fill('2')
    await ada.button('Buy 200 requests for $20.00').click()
    await page.getByLabel('Card number').fill(cards.good)
    await page.getByRole('button', { name: 'Pay' }).click()
    await says('200 bought requests are left.')
    await page.getByLabel(/^Requests a month that may be charged/).fill('50')
    await says(/^At most \$6\.00 a month/)
    await ada.stored(/\/beyond$/, () => ada.button('Keep').click())
    await page.reload()
    await says(/^At most \$6\.00 a month/)
    await ada.lookAt('billing-7-more')
  })

  await step('goes back to free with everything kept', async () => {
    await ada.button('Card, cancelling and tax details').click()
    await ada.button('Cancel the plan').click()
    await back(page)
    await says(/^Cancelled\. Ends on/)
    await stack.standIns.billing?.advance(32)
    await until(() => mails().some((subject) => / is on the free plan now$/.test(subject)))
    await page.reload()
    await says('The paid plan is over. Everything made is still there.')
    await ada.button('Subscribe to Pro').waitFor()
    await ada.lookAt('billing-5-ended')
  })

  await step('no page complained', async () => {
    assert.deepEqual(
      ada.complaints.filter((each) => !/^402|status of 402/.test(each)),
      [],
    )
  })
})

async function pay(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card)
  await page.getByRole('button', { name: 'Subscribe' }).click()
}

async function useCard(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card)
  await page.getByRole('button', { name: 'Use this card' }).click()
}

const back = (page: Page) => page.getByRole('link', { name: 'Return to EverJust' }).click()

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 120_000; !holds();) {
    if (Date.now() > deadline) throw new Error('it did not happen within two minutes')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
