/** For how long somebody who asked to link an account may sign in by it and say so. */
export const ticketSeconds = 10 * 60

/**
 * By what a subject of the issuer signs in: `auth0|…` by a password, `google-oauth2|…` at Google. Auth0 names the kind of
 * connection first.
 */
export const wayOf = (subject: string): string => subject.split('|')[0] ?? ''

/** The ways of directories (Auth0's enterprise connections): a company answers for its own people alone, so none is linked. */
export const companyWays = [
  ...['samlp', 'oidc', 'okta', 'waad', 'adfs', 'ad', 'auth0-adldap', 'google-apps', 'office365', 'pingfederate'],
  ...['sharepoint', 'ip', 'wsfed'],
] as const

/** What an account may still have of its own, and that is not to be lost: as the database calls it, and how it is told. */
const kept = {
  projects: 'projects',
  organizations: 'organizations it belongs to',
  guests: 'projects that were shared with it',
  keys: 'API keys',
  plan: 'a plan of its own',
  model: 'a model of its own',
  identities: 'other sign-ins',
  company: 'the sign-in of a company',
} as const

export type Held = keyof typeof kept

export const heldWords = (held: readonly Held[]): string => {
  const words = Object.entries(kept).flatMap(([each, told]) => (held.includes(each as Held) ? [told] : []))
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('')
}
