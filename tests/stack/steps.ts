import type { TestContext } from 'node:test'
import type { OpenStack } from './open-stack.ts'

/**
 * The steps of one walk through the site: after one that failed the others are left out, and say so. No step meets the
 * limit of requests a minute for what the ones before it asked.
 */
export function stepsOf(t: TestContext, { forgetRates }: Pick<OpenStack, 'forgetRates'>) {
  let failed = false
  return (name: string, does: () => Promise<void>): Promise<void> =>
    t.test(name, { skip: failed && 'an earlier step failed' }, async () => {
      failed = true
      await forgetRates()
      await does()
      failed = false
    })
}
