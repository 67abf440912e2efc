/** Card numbers as in Stripe's test mode (docs.stripe.com/testing); every other one is declined. */
const cards: Readonly<Record<string, { saved: boolean; charged: boolean }>> = {
  '4242424242424242': { saved: true, charged: true },
  '4000000000000341': { saved: true, charged: false },
}

export const inDigits = (number: string): string => number.replace(/\D/g, '')

/** Whether a card can be kept for later payments. */
export const canBeSaved = (number: string): boolean => cards[number]?.saved ?? false

/** Whether a payment by it succeeds. */
export const canBeCharged = (number: string | null): boolean => (number !== null && cards[number]?.charged) ?? false
