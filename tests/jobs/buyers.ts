import assert from 'node:assert/strict'
import type { OrganizationId, ProjectId } from '../../lib/contract/ids.ts'
import type { SignedIn } from '../world.ts'
import { openPayers } from './payers.ts'
import { openStage } from './stage.ts'

/** Teams that come to the end of what a month allows, and buy more. */
export async function openBuyers(t: Parameters<typeof openStage>[0]) {
  const stage = await openStage(t)
  const { world } = stage
  const payers = await openPayers(stage)
  return {
    stage,
    world,
    payers,
    drain: stage.drain,

    /** A team whose month allows so many requests, and any number of sandboxes. */
    async allowed(generationsPerMonth: number) {
      const team = await payers.team()
      const limits = { generationsPerMonth, sandboxesAtOnce: null }
      await world.sql`update everjust.organizations set limits = ${world.sql.json(limits)} where id = ${team.organizationId}`
      return team
    },

    async buy(owner: SignedIn, organizationId: OrganizationId, packs: number): Promise<string> {
      const { status, body } = await owner.post(`/billing/${organizationId}/top-ups`, { packs })
      assert.equal(status, 200, JSON.stringify(body))
      return body.url
    },

    more: async (owner: SignedIn, organizationId: OrganizationId) =>
      (await owner.get(`/billing/${organizationId}`)).body.more,

    project: async (owner: SignedIn, organizationId: OrganizationId): Promise<ProjectId> =>
      (await owner.post('/projects', { name: 'More', organizationId })).body.id,

    ask: (owner: SignedIn, id: string) => owner.post(`/projects/${id}/generate`, { prompt: 'a habit tracker' }),
  }
}
