import { Problem } from './api.ts'
import { m } from './messages.ts'

/** Only a new sign-in helps. */
export const signedOut = () => new Problem('unauthenticated', m.site_signed_out(), m.site_sign_in_to_go_on())

/** Whoever could sign somebody in does not answer. */
export const issuerAway = () => new Problem('unreachable', m.site_issuer_away(), m.site_try_in_a_moment())
