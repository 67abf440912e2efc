/** Where a list by time goes on: the last row's instant in microseconds, and its id to break ties. */
export interface Keyset {
  micros: string
  id: string
}

export function parseKeyset(text: string): Keyset | undefined {
  const found = /^(\d{1,17})\.([a-z]+_[0-9a-z]{20})$/.exec(text)
  const [, micros, id] = found ?? []
  return micros && id ? { micros, id } : undefined
}

export const formatKeyset = ({ micros, id }: Keyset) => `${micros}.${id}`
