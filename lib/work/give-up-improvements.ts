import type { Stores } from '../store/stores.ts'

/** Ends prompts that nobody puts into better words any more; nothing is paid for them. Answers how many. */
export async function giveUpImprovements(
  { improvements }: Pick<Stores, 'improvements'>,
  which: Parameters<Stores['improvements']['asked']>[0],
): Promise<number> {
  const ids = await improvements.asked(which)
  for (const id of ids) await improvements.end(id, { answer: null, failure: 'platform_fault', spentMicros: 0 })
  return ids.length
}
