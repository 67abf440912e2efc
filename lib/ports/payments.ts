import type { Plan } from '../contract/billing.ts'
import type { OrganizationId } from '../contract/ids.ts'
import type { Subscription } from '../domain/billing.ts'

export interface IssuedInvoice {
  id: string
  number: string | null
  state: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'
  totalMicros: number
  /** What was given back of it. */
  returnedMicros: number
  url: string | null
  createdAt: Date
}

export interface CheckoutWish {
  organizationId: OrganizationId
  customerId: string
  plan: Plan
  seats: number
  /** Where the browser comes back to. */
  paid: string
  left: string
  expiresAt: Date
  /** The same wish with the same key leads to the same page. */
  key: string
}

export interface TopUpWish extends Pick<
  CheckoutWish,
  'organizationId' | 'customerId' | 'paid' | 'left' | 'expiresAt' | 'key'
> {
  packs: number
  /** What they come to; kept with the payment, so that a later change of the packs changes nothing of it. */
  requests: number
}

/** Requests that were bought ahead. */
export interface TopUp {
  id: string
  requests: number
  paidMicros: number
  /** What was given back of it, to the card or otherwise. */
  refundedMicros: number
  invoiceId: string | null
  createdAt: Date
}

/** So many requests are to be charged one by one. */
export interface UseReport {
  id: string
  customerId: string
  requests: number
  madeAt: Date
}

interface SeatsWish {
  subscriptionId: string
  itemId: string
  seats: number
}

/** Takes payments. Each method is one call; throws a fault when it was not answered. */
export interface Payments {
  /** The customer of an organization, however often it is asked for. */
  openCustomer(organizationId: OrganizationId): Promise<string>
  openCheckout(wish: CheckoutWish): Promise<{ id: string; url: string }>
  /** One that was paid or is closed already stays as it is. */
  closeCheckout(id: string): Promise<void>
  openTopUp(wish: TopUpWish): Promise<{ id: string; url: string }>
  /** Those that were paid, of the last ones. */
  topUpsOf(customerId: string): Promise<TopUp[]>
  openPortal(customerId: string, back: string): Promise<{ url: string }>
  /** In millionths of a dollar; below zero is credited. */
  previewSeats(customerId: string, wish: SeatsWish): Promise<number>
  /** `declined` when the card did not pay for it; then nothing was changed. */
  changeSeats(wish: SeatsWish, key: string): Promise<'changed' | 'declined'>
  /** Counts once, however often it is told. */
  reportUse(report: UseReport): Promise<void>
  subscriptionsOf(customerId: string): Promise<Subscription[]>
  /** The newest ones. */
  invoicesOf(customerId: string): Promise<IssuedInvoice[]>
  /** Ends a subscription at once; what was paid for and not used is credited. */
  end(subscriptionId: string): Promise<void>
  /** Removes a customer with all cards; subscriptions end at once. One that is gone already stays so. */
  forget(customerId: string): Promise<void>
  /** Whether there is still something of a customer. */
  knows(customerId: string): Promise<boolean>
}
