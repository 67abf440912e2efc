import { OpenedShare, OpenPath, OpenQuery } from '../../../lib/contract/share.ts'
import { publicOperation, refuse } from '../../../lib/entry/operation.ts'
import { toSandbox } from '../../../lib/domain/sandbox.ts'
import { digestOf } from '../../../lib/work/link-token.ts'
import { wakeSandbox } from '../../../lib/work/wake-sandbox.ts'

/** What is unknown, over and taken back is answered alike. */
export const openShare = publicOperation({
  summary: 'Open the running app that a link shows; a sleeping one is woken',
  path: OpenPath,
  query: OpenQuery,
  answers: [200, OpenedShare],
  refuses: ['not_found'],
  freshSeconds: 0,
  // The address first: who tries many links does not use up those of others.
  rates: ({ token }, address) => [
    ['link-address', address],
    ['link', digestOf(token)],
  ],
  async run({ path: { token }, query: { again } }, desk) {
    const { shares, sandboxes, events, now } = desk
    const found = await shares.open(digestOf(token), again === 'false')
    if (!found?.versionId) return refuse('not_found')
    const { projectId, name, expiresAt } = found
    const [before, purpose] = await Promise.all([sandboxes.find(projectId), sandboxes.purpose(projectId)])
    if (!purpose) return refuse('not_found')
    // Asked again it only looks: what could not be woken is not woken over and over.
    const woken =
      again === 'true' && before?.state === 'failed'
        ? before
        : await wakeSandbox(desk, { projectId, limits: purpose.limits })
    const mayNot = woken !== undefined && 'objection' in woken
    const known = mayNot ? before : woken
    const { state, preview } = toSandbox(known, now())
    const since = state === 'starting' && known?.updatedAt.toISOString()
    const waking = since ? { doing: (await events.startingAt(projectId)) ?? 'machine', since } : null
    return { name, expiresAt: expiresAt.toISOString(), preview, waking, failed: mayNot || state === 'failed' }
  },
})
