import type { TestContext } from 'node:test'

/** The steps of one walk through the site: after one that failed the others are left out, and say so. */
export function stepsOf(t: TestContext) {
  let failed = false
  return (name: string, does: () => Promise<void>): Promise<void> =>
    t.test(name, { skip: failed && 'an earlier step failed' }, async () => {
      failed = true
      await does()
      failed = false
    })
}
