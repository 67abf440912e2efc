import type { Desk } from '../../../lib/context.ts'
import { OpenedShare, OpenPath, OpenQuery } from '../../../lib/contract/share.ts'
import type { KnownSandbox } from '../../../lib/domain/sandbox.ts'
import { publicOperation, refuse } from '../../../lib/entry/operation.ts'
import type { Opened } from '../../../lib/store/shares.ts'
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
    const found = await desk.shares.open(digestOf(token), again === 'false')
    if (!found?.versionId) return refuse('not_found')
    const known = again === 'still' ? await desk.sandboxes.find(found.projectId) : await wake(desk, found, again)
    if (known === 'unknown') return refuse('not_found')
    const { name, expiresAt } = found
    const shown = await showTo(desk, found, known)
    return { name, expiresAt: expiresAt.toISOString(), ...shown }
  },
})

type Woken = { failed: true } | KnownSandbox | undefined

/** Asked again it only looks: what could not be woken is not woken over and over. */
async function wake(desk: Desk, { projectId }: Opened, again: 'true' | 'false'): Promise<Woken | 'unknown'> {
  const { sandboxes } = desk
  const [before, purpose] = await Promise.all([sandboxes.find(projectId), sandboxes.purpose(projectId)])
  if (!purpose) return 'unknown'
  if (again === 'true' && before?.state === 'failed') return before
  const woken = await wakeSandbox(desk, { projectId, limits: purpose.limits })
  return woken && 'objection' in woken ? { failed: true } : woken
}

/** The link's own address, which a job signs when the app is awake and there is none. */
async function showTo(
  { jobs, events }: Desk,
  { id, projectId, previewUrl: url, previewUntil }: Opened,
  known: Woken,
): Promise<Pick<OpenedShare, 'preview' | 'waking' | 'failed'>> {
  if (known && 'failed' in known) return { preview: null, waking: null, failed: true }
  const isAwake = known?.state === 'started'
  if (isAwake && url && previewUntil)
    return { preview: { url, expiresAt: previewUntil.toISOString() }, waking: null, failed: false }
  if (isAwake) {
    const key = `change-addresses:${id}`
    await jobs.enqueue({ kind: 'change-addresses', projectId, payload: { shareId: id }, key })
    return { preview: null, waking: null, failed: false }
  }
  const since = known?.state === 'starting' && known.updatedAt.toISOString()
  const waking = since ? { doing: (await events.startingAt(projectId)) ?? 'machine', since } : null
  return { preview: null, waking, failed: known?.state === 'failed' }
}
