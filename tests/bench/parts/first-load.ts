import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** What the first load of a page may bring in scripts, in kilobytes, gzipped. */
export const firstLoadBudgets = { front: 60, project: 150 } as const

/** The scripts that a page has loaded so far, each gzipped as it would be kept compressed, in kilobytes. */
export async function weighScripts(page: Page): Promise<number> {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  const scripts = names.filter((name) => /\/_app\/.*\.js$/.test(name))
  const weights = [...new Set(scripts)].map(async (script) => {
    const body = await (await fetch(script)).arrayBuffer()
    return gzipSync(Buffer.from(body), { level: 9 }).length
  })
  return (await Promise.all(weights)).reduce((sum, bytes) => sum + bytes, 0) / 1_024
}
