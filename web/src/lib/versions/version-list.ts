import type { Version } from '#lib/contract.ts'

/**
 * The known versions and a page of them, newest first. Versions are only ever added, so what is newer or older than the
 * page stays: answers may come in another order than they were asked for.
 */
export function withPage(known: readonly Version[], page: readonly Version[]): Version[] {
  const [newest, oldest] = [page[0]?.number ?? 0, page.at(-1)?.number ?? 0]
  const newer = known.filter(({ number }) => number > newest)
  const older = known.filter(({ number }) => number < oldest)
  return [...newer, ...page, ...older]
}
