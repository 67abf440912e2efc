import { askJson } from '../ask-json.ts'
import type { Secret } from '../config.ts'
import { lookupKeys } from '../contract/stripe.ts'
import { Fault } from '../ports/fault.ts'
import type { Payments } from '../ports/payments.ts'
import * as read from './stripe-shapes.ts'

/** The version of the API whose shapes we read; the webhook endpoint is set to the same. */
const version = '2026-10-28.endive'

/**
 * Payments by Stripe (docs.stripe.com/api), asked by plain requests: its own client weighs as much as a whole web function.
 * What is changed under an idempotency key is changed once within a day, however often it is asked for.
 */
export function openStripe({ url, key }: { url: string; key: Secret }): Payments {
  const ask = asking(url, key)
  return { ...checkouts(ask), ...seats(ask), ...accounts(ask) }
}

type Ask = ReturnType<typeof asking>

function checkouts(ask: Ask): Pick<Payments, 'openCustomer' | 'openCheckout' | 'closeCheckout' | 'openPortal'> {
  const pricesOf = once(async () => {
    const fields = Object.values(lookupKeys).map((each, at) => [`lookup_keys[${at}]`, each])
    return read.prices((await ask('GET', '/v1/prices', { fields })).json)
  })
  return {
    openCustomer: async (organizationId) => {
      const fields = [['metadata[organization_id]', organizationId]]
      return read.id((await ask('POST', '/v1/customers', { fields, key: `customer:${organizationId}` })).json)
    },
    openCheckout: async (wish) => {
      const price = (await pricesOf())[wish.plan]
      if (price === undefined) throw new Fault('stripe', `finding the price of ${wish.plan}`, { retryable: false })
      const answer = await ask('POST', '/v1/checkout/sessions', { fields: checkoutFields(wish, price), key: wish.key })
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

type Fields = string[][]
interface Asked {
  fields?: Fields
  key?: string
  /** Refusals that are answers. */
  also?: readonly number[]
}

const asking =
  (url: string, secret: Secret) =>
  async (method: 'GET' | 'POST' | 'DELETE', path: string, { fields = [], key, also = [] }: Asked) => {
    const form = new URLSearchParams(fields).toString()
    const inPath = method !== 'POST'
    const fault = (retryable: boolean, cause: unknown) => new Fault('stripe', `${method} ${path}`, { retryable, cause })
    const answer = await askJson(`${url}${path}${inPath && form ? `?${form}` : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${secret.reveal()}`,
        'stripe-version': version,
        ...(inPath ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(inPath ? {} : { body: form }),
      deadlineMs: 6_000,
    }).catch((cause: unknown) => {
      throw fault(true, cause)
    })
    const { status } = answer
    // 409: the same key is under way at this moment.
    const passing = status === 409 || status === 429 || status >= 500
    if (status >= 300 && !also.includes(status)) throw fault(passing, new Error(`status ${status}`))
    return answer
  }

const checkoutFields = (wish: Parameters<Payments['openCheckout']>[0], price: string): Fields => [
  ['mode', 'subscription'],
  ['customer', wish.customerId],
  ['client_reference_id', wish.organizationId],
  ['line_items[0][price]', price],
  ['line_items[0][quantity]', String(wish.seats)],
  ['subscription_data[metadata][organization_id]', wish.organizationId],
  ['allow_promotion_codes', 'true'],
  ['automatic_tax[enabled]', 'true'],
  ['customer_update[address]', 'auto'],
  ['customer_update[name]', 'auto'],
  ['tax_id_collection[enabled]', 'true'],
  ['expires_at', String(Math.floor(wish.expiresAt.getTime() / 1000))],
  ['success_url', wish.paid],
  ['cancel_url', wish.left],
]

/** Asked for once while it succeeds. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined
  return () => {
    kept ??= work().catch((error: unknown) => {
      kept = undefined
      throw error
    })
    return kept
  }
}
