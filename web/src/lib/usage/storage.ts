import type { OrganizationStorage, ProjectUsage } from '#lib/contract.ts'
import { fileSize } from '#lib/format.ts'
import { m } from '#lib/messages.ts'
import { near, shareOf, type Allowance } from './allowances.ts'

/** What one project stores, against what each may. */
export function storedIn(title: string, { usedBytes, limitBytes }: ProjectUsage['storage']): Allowance {
  const used = fileSize(usedBytes)
  const share = shareOf(usedBytes, limitBytes)
  return {
    id: 'storage',
    title,
    amount: limitBytes === null ? m.usage_no_limit({ used }) : m.usage_of({ used, limit: fileSize(limitBytes) }),
    share,
    ahead: null,
    state: share === null || share < near ? 'calm' : share < 1 ? 'near' : 'over',
  }
}

/** The fullest projects; what is nothing needs no words. */
export const storedBy = ({ projects, limitBytesPerProject: limitBytes }: OrganizationStorage) =>
  projects
    .filter(({ usedBytes }) => usedBytes > 0)
    .map(({ projectId, name, usedBytes }) => ({ projectId, allowance: storedIn(name, { usedBytes, limitBytes }) }))
