import { PersonExports } from '../../../lib/contract/export.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

/** A link opens for so long; the page that shows it asks for another. */
const seconds = 600

export const listExports = operation({
  summary: 'List the archives of what is held about you, with links that open for ten minutes',
  may: ['account.exports', inOwnOrganization],
  answers: [200, PersonExports],
  async run({ principal }, { exports, objects }) {
    const userId = personOf(principal)
    const items = await exports.list(userId)
    const signed = items.map(async ({ parts, ...item }) => ({
      ...item,
      parts: item.readyAt === null ? [] : await Promise.all(parts.map(({ bytes }, n) => link(item.id, n, bytes))),
    }))
    return { items: await Promise.all(signed) }

    async function link(id: string, n: number, bytes: number) {
      const fileName = `everjust-${items.find((each) => each.id === id)?.askedAt.slice(0, 10)}-${n + 1}.zip`
      return { bytes, url: await objects.signGet(objectKeys.export(userId, id, n), { seconds, fileName }) }
    }
  },
})
