import type { Secret } from '../config.ts'
import { beyondKey, lookupKeys, packKey } from '../contract/stripe.ts'
import { Fault } from '../ports/fault.ts'
import type { CheckoutWish, Payments, TopUpWish } from '../ports/payments.ts'
import { asking, once, type Ask, type Fields } from './stripe-ask.ts'
import * as read from './stripe-shapes.ts'

/**
 * Payments by Stripe (docs.stripe.com/api), asked by plain requests: its own client weighs as much as a whole web function.
 * What is changed under an idempotency key is changed once within a day, however often it is asked for.
 */
export function openStripe({ url, key }: { url: string; key: Secret }): Payments {
  const ask = asking(url, key)
  return { ...checkouts(ask), ...topUps(ask), ...seats(ask), ...accounts(ask) }
}

function checkouts(ask: Ask): Pick<Payments, 'openCustomer' | 'openCheckout' | 'closeCheckout' | 'openPortal'> {
  const pricesOf = once(async () => {
    const fields = [...Object.values(lookupKeys), beyondKey].map((each, at) => [`lookup_keys[${at}]`, each])
    const { json } = await ask('GET', '/v1/prices', { fields })
    return { ...read.prices(json), beyond: read.beyondPrice(json) }
  })
  return {
    openCustomer: async (organizationId) => {
      const fields = [['metadata[organization_id]', organizationId]]
      return read.id((await ask('POST', '/v1/customers', { fields, key: `customer:${organizationId}` })).json)
    },
    openCheckout: async (wish) => {
      const { beyond, [wish.plan]: price } = await pricesOf()
      if (price === undefined || beyond === undefined)
        throw new Fault('stripe', `finding the price of ${wish.plan}`, { retryable: false })
      const answer = await ask('POST', '/v1/checkout/sessions', {
        fields: checkoutFields(wish, price, beyond),
        key: wish.key,
      })
      return read.checkout(answer.json)
    },
    closeCheckout: async (id) => {
      await ask('POST', `/v1/checkout/sessions/${id}/expire`, { also: [400] })
    },
    openPortal: async (customer, back) => {
      const fields = Object.entries({ customer, return_url: back })
      return read.page((await ask('POST', '/v1/billing_portal/sessions', { fields })).json)
    },
  }
}

function topUps(ask: Ask): Pick<Payments, 'openTopUp' | 'topUpsOf' | 'reportUse'> {
  const price = once(async () => {
    const found = read.packPrice((await ask('GET', '/v1/prices', { fields: [['lookup_keys[0]', packKey]] })).json)
    if (found === undefined) throw new Fault('stripe', 'finding the price of a pack', { retryable: false })
    return found
  })
  return {
    openTopUp: async (wish) => {
      const fields = [
        ['mode', 'payment'],
        ['line_items[0][price]', await price()],
        ['line_items[0][quantity]', String(wish.packs)],
        ['metadata[requests]', String(wish.requests)],
        ['invoice_creation[enabled]', 'true'],
        ...pageFields(wish),
      ]
      return read.checkout((await ask('POST', '/v1/checkout/sessions', { fields, key: wish.key })).json)
    },
    reportUse: async ({ id, customerId, requests, madeAt }) => {
      const fields = [
        ['event_name', beyondKey],
        ['payload[stripe_customer_id]', customerId],
        ['payload[value]', String(requests)],
        ['identifier', id],
        ['timestamp', String(Math.floor(madeAt.getTime() / 1000))],
      ]
      // 400: one with this identifier was taken before.
      await ask('POST', '/v1/billing/meter_events', { fields, key: id, also: [400] })
    },
    topUpsOf: async (customer) => {
      const fields = [
        ...Object.entries({ customer, status: 'complete', limit: '100' }),
        ['expand[0]', 'data.payment_intent.latest_charge'],
        ['expand[1]', 'data.invoice'],
      ]
      return read.topUps((await ask('GET', '/v1/checkout/sessions', { fields })).json)
    },
  }
}

function seats(ask: Ask): Pick<Payments, 'previewSeats' | 'changeSeats'> {
  const itemFields = (at: string, wish: { itemId: string; seats: number }): Fields => [
    [`${at}[0][id]`, wish.itemId],
    [`${at}[0][quantity]`, String(wish.seats)],
  ]
  return {
    previewSeats: async (customer, wish) => {
      const fields = [
        ['customer', customer],
        ['subscription', wish.subscriptionId],
        ['subscription_details[proration_behavior]', 'always_invoice'],
        ...itemFields('subscription_details[items]', wish),
      ]
      return read.total((await ask('POST', '/v1/invoices/create_preview', { fields })).json)
    },
    changeSeats: async (wish, idempotencyKey) => {
      const fields = [
        ['proration_behavior', 'always_invoice'],
        ['payment_behavior', 'error_if_incomplete'],
        ...itemFields('items', wish),
      ]
      const path = `/v1/subscriptions/${wish.subscriptionId}`
      const { status } = await ask('POST', path, { fields, key: idempotencyKey, also: [402] })
      return status === 402 ? 'declined' : 'changed'
    },
  }
}

function accounts(ask: Ask): Pick<Payments, 'subscriptionsOf' | 'invoicesOf' | 'end' | 'forget' | 'knows'> {
  return {
    subscriptionsOf: async (customer) => {
      const fields = Object.entries({ customer, status: 'all', limit: '20' })
      return read.subscriptions((await ask('GET', '/v1/subscriptions', { fields })).json)
    },
    invoicesOf: async (customer) => {
      const fields = Object.entries({ customer, limit: '36' })
      return read.invoices((await ask('GET', '/v1/invoices', { fields })).json)
    },
    end: async (id) => {
      const fields = Object.entries({ prorate: 'true', invoice_now: 'true' })
      // One that is over already cannot be ended: that is as well.
      await ask('DELETE', `/v1/subscriptions/${id}`, { fields, also: [400, 404] })
    },
    forget: async (customer) => {
      await ask('DELETE', `/v1/customers/${customer}`, { also: [404] })
    },
    knows: async (customer) => {
      const { status, json } = await ask('GET', `/v1/customers/${customer}`, { also: [404] })
      return status !== 404 && !read.isDeleted(json)
    },
  }
}

const checkoutFields = (wish: CheckoutWish, price: string, beyond: string): Fields => [
  ['mode', 'subscription'],
  ['line_items[0][price]', price],
  ['line_items[0][quantity]', String(wish.seats)],
  // What is metered has no quantity.
  ['line_items[1][price]', beyond],
  ['subscription_data[metadata][organization_id]', wish.organizationId],
  ...pageFields(wish),
]

/** What the page of every checkout is told: for whom, where it leads, and that taxes and codes are Stripe's to look after. */
const pageFields = (wish: TopUpWish | CheckoutWish): Fields => [
  ['customer', wish.customerId],
  ['client_reference_id', wish.organizationId],
  ['allow_promotion_codes', 'true'],
  ['automatic_tax[enabled]', 'true'],
  ['customer_update[address]', 'auto'],
  ['customer_update[name]', 'auto'],
  ['tax_id_collection[enabled]', 'true'],
  ['expires_at', String(Math.floor(wish.expiresAt.getTime() / 1000))],
  ['success_url', wish.paid],
  ['cancel_url', wish.left],
]
