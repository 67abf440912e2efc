import type { LinkTicket } from '#lib/contract.ts'

/** What was asked for by the account that stays, while its person signs in by the other one. */
export interface LinkWish extends LinkTicket {
  /** The access token of the account that asked. */
  token: string
  /** By which it is known, to its person. */
  account: string
}

const wishPlace = 'everjust-link'
const donePlace = 'everjust-linked'

/** In this tab alone, and never in an address: a link that somebody sends must not bring a wish along. */
export const keepWish = (wish: LinkWish): void => sessionStorage.setItem(wishPlace, JSON.stringify(wish))

/** Undefined when nothing was asked for, or too long ago. */
export function keptWish(): LinkWish | undefined {
  const kept = sessionStorage.getItem(wishPlace)
  const wish = kept === null ? undefined : (JSON.parse(kept) as LinkWish)
  return wish && Date.parse(wish.expiresAt) > Date.now() ? wish : undefined
}

export const forgetWish = (): void => sessionStorage.removeItem(wishPlace)

/** That it was done is said on the page that comes after the sign-in is renewed. */
export function noteLinked(): void {
  forgetWish()
  sessionStorage.setItem(donePlace, 'yes')
}

export function wasLinked(): boolean {
  const was = sessionStorage.getItem(donePlace) !== null
  sessionStorage.removeItem(donePlace)
  return was
}
