/** Every kind of thing that has an id, and the prefix its ids carry. */
export const prefixes = {
  user: 'usr',
  organization: 'org',
  project: 'prj',
  generation: 'gen',
  version: 'ver',
  job: 'job',
  call: 'call',
  message: 'msg',
  image: 'img',
  improvement: 'imp',
  folder: 'fld',
  share: 'shr',
  notice: 'ntc',
  receipt: 'rcp',
  export: 'exp',
  invitation: 'inv',
  ledgerEntry: 'led',
  apiKey: 'key',
  session: 'ses',
  identity: 'idn',
  announcement: 'ann',
} as const

export type Kind = keyof typeof prefixes
export type Id<K extends Kind> = `${(typeof prefixes)[K]}_${string}`

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
export const idLength = 20

/** A new id with 100 bits of the platform's secure randomness. */
export function newId<K extends Kind>(kind: K): Id<K> {
  const bytes = crypto.getRandomValues(new Uint8Array(idLength))
  return `${prefixes[kind]}_${Array.from(bytes, (byte) => alphabet[byte % 32]).join('')}`
}
