/** The record of one activation, as the platform's REST API shows it; instants in milliseconds since 1970. */
export type ActivationRecord = {
  activationId: string
  namespace: string
  name: string
  version: string
  subject: string
  start: number
  end: number
  duration: number
  publish: false
  response: ActivationResponse
  logs: string[]
  annotations: { key: string; value: unknown }[]
}

export type ActivationResponse = {
  status: 'success' | 'application error' | 'developer error'
  success: boolean
  result: unknown
}

export type ActivationRecords = {
  keep(record: ActivationRecord): void
  get(id: string): ActivationRecord | undefined
  /** Latest first. */
  list(): ActivationRecord[]
}

const mostBytes = 64 * 1024 * 1024

/** Keeps the latest records, as many as fit into 64 MB. */
export function createActivationRecords(): ActivationRecords {
  const records = new Map<string, { record: ActivationRecord; bytes: number }>()
  let bytes = 0
  return {
    keep(record) {
      const size = JSON.stringify(record).length
      records.set(record.activationId, { record, bytes: size })
      bytes += size
      for (const [id, oldest] of records) {
        if (bytes <= mostBytes) break
        records.delete(id)
        bytes -= oldest.bytes
      }
    },
    get: (id) => records.get(id)?.record,
    list: () => [...records.values()].map(({ record }) => record).reverse(),
  }
}
