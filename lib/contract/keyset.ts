/** Where a list goes on: by what it is sorted, the last row's key as text, and its id to break ties. */
export interface Keyset<S extends string> {
  sort: S
  key: string
  id: string
}

/** The place in a list that is sorted this way; undefined when it is none. Keys are numbers, but for names. */
export function parseKeyset<S extends string>(text: string, sort: S): Keyset<S> | undefined {
  const [, said, packed, id] = /^([a-z]+)\.([\w-]*)\.([a-z]+_[0-9a-z]{20})$/.exec(text) ?? []
  if (said !== sort || packed === undefined || !id) return undefined
  const key = Buffer.from(packed, 'base64url').toString()
  return sort === 'name' || /^\d{1,17}$/.test(key) ? { sort, key, id } : undefined
}

export const formatKeyset = ({ sort, key, id }: Keyset<string>) =>
  `${sort}.${Buffer.from(key).toString('base64url')}.${id}`
