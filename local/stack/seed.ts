import postgres from 'postgres'
import { newId } from '../../lib/contract/ids.ts'
import { Tier } from '../../lib/contract/user.ts'
import type { Person } from '../issuer/index.ts'

/** Gives the local people their users, and each a personal organization of the tier they are there to show. */
export async function seedPeople(ownerUrl: string, issuer: string, people: readonly Person[]): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    for (const { id, email, name, tier } of people) {
      const [user] = await sql<{ id: string }[]>`
        select everjust.sign_in(${newId('user')}, ${newId('organization')}, ${issuer}, ${id}, ${email}, ${name}) as id`
      await sql`
        update everjust.organizations set tier = ${Tier.parse(tier)}
        where kind = 'personal' and tier = 'free' and tier <> ${tier}
          and id in (select organization_id from everjust.memberships where user_id = ${user?.id ?? ''})`
    }
  } finally {
    await sql.end()
  }
}
