import assert from 'node:assert/strict'
import { openHookContext } from '../../lib/production-hooks.ts'
import { Config } from '../../lib/config.ts'
import type { OrganizationId } from '../../lib/contract/ids.ts'
import { hook } from '../../lib/entry/hook.ts'
import { takeEvent } from '../../packages/hooks/stripe/take-event.ts'
import type { Delivery } from '../../local/billing/webhooks.ts'
import type { Event } from '../../local/billing/books.ts'
import { theBilling } from '../world/stand-ins.ts'
import { makeTeam, type Caller, type SignedIn } from '../world.ts'
import type { openStage } from './stage.ts'

/** The cards of the stand-in. */
export const cards = { good: '4242424242424242', failing: '4000000000000341', declined: '4000000000000002' }

/** Organizations that pay at the stand-in, and the events that come from there. */
export async function openPayers({ world, drain, person }: Awaited<ReturnType<typeof openStage>>) {
  const billing = await theBilling()
  const context = openHookContext(new Config(world.settings), world.context)
  const main = hook(takeEvent, () => context)
  let heard = 0

  const submit = (url: string, fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

  const deliver = async ({ body, headers }: Delivery): Promise<number> => {
    const given = { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
    return (await main({ http: { method: 'POST', path: '', headers, ...given } })).statusCode
  }

  return {
    billing,
    submit,
    deliver,
    /** What happened since this was asked last. */
    news(): Event[] {
      const events = billing.events().slice(heard)
      heard += events.length
      return events
    },
    sign: (event: Event, secret = 'whsec_new', at?: number) => billing.sign(event, secret, at),

    /** Delivers what happened, and has done what follows from it. */
    async hear(): Promise<void> {
      for (const event of this.news()) assert.equal(await deliver(this.sign(event)), 200)
      await drain()
    },

    async checkOut(caller: Caller, organizationId: OrganizationId, seats?: number): Promise<string> {
      const { status, body } = await caller.post(`/billing/${organizationId}/checkout`, seats ? { seats } : {})
      assert.equal(status, 200, JSON.stringify(body))
      return (body as { url: string }).url
    },

    /** A new team that pays for so many seats. */
    async team(seats = 2): Promise<{ owner: SignedIn; organizationId: OrganizationId }> {
      const owner = await person()
      const organizationId = await makeTeam(world, [{ id: owner.id, role: 'owner' }])
      await world.sql`update everjust.organizations set tier = 'free' where id = ${organizationId}`
      const url = await this.checkOut(owner, organizationId, seats)
      assert.equal((await submit(url, { card: cards.good })).status, 303)
      await this.hear()
      return { owner, organizationId }
    },

    /** What was agreed upon with a company, whose people sign in by two factors: its owner does. */
    async agreeUpon({ id }: SignedIn, organizationId: OrganizationId): Promise<Caller> {
      await world.sql`update everjust.organizations set tier = 'enterprise' where id = ${organizationId}`
      const [row] = await world.sql`select email from everjust.users where id = ${id}`
      const claims = { sub: `auth0|${row?.['email']}`, 'https://everjust.dev/amr': ['pwd', 'mfa'] }
      return world.withToken(await world.issuer.token(claims))
    },

    async useCard(caller: Caller, organizationId: OrganizationId, card: string): Promise<void> {
      const { body } = await caller.post(`/billing/${organizationId}/portal`)
      assert.equal((await submit((body as { url: string }).url, { does: 'card', card })).status, 303)
    },

    async granted(organizationId: OrganizationId): Promise<unknown[]> {
      const [row] = await world.sql`select tier, seats from everjust.organizations where id = ${organizationId}`
      return [row?.['tier'], row?.['seats']]
    },
  }
}
