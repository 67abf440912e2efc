import type { Everything } from './stage.ts'

/** The parts of a job with the call of this number cut off, whatever it asks for: of a transaction, after it committed. */
export function cutOffAt(jobs: Everything, at: number): { parts: Partial<Everything>; failed: () => boolean } {
  let calls = 0
  const isIt = () => ++calls === at
  const counted = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (isIt()) throw new Error('cut off')
      return work(...args)
    }
  }
  const { objects, provider, receipts, payments, identities, companies, database } = jobs
  const asWorker: typeof database.asWorker = async (work, origin) => {
    const mine = isIt()
    const result = await database.asWorker(work, origin)
    if (mine) throw new Error('cut off')
    return result
  }
  const parts = {
    database: { ...database, asWorker },
    objects: { ...objects, list: counted(objects.list), remove: counted(objects.remove) },
    provider: { ...provider, remove: counted(provider.remove), find: counted(provider.find) },
    payments: { ...payments, forget: counted(payments.forget), knows: counted(payments.knows) },
    identities: { remove: counted(identities.remove), knows: counted(identities.knows) },
    companies: { remove: counted(companies.remove), knows: counted(companies.knows) },
    receipts: { sign: counted(receipts.sign) },
  }
  return { parts, failed: () => calls >= at }
}
