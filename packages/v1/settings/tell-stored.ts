import { keptHours } from '../../../lib/contract/library-limits.ts'
import { Stored } from '../../../lib/contract/stored.ts'
import { tiers } from '../../../lib/contract/user.ts'
import { keptDays, longestNoteDays } from '../../../lib/domain/retention.ts'
import { tierTable } from '../../../lib/domain/tiers.ts'
import { openOperation } from '../../../lib/entry/operation.ts'

export const tellStored = openOperation({
  summary: 'Read where what you entrust to the installation lies, and for how long each kind of it is kept',
  answers: [200, Stored],
  run: ({ region }) => Promise.resolve({ region, isLocal: region === 'local', ...kept }),
})

const { steps, sessions, mails, archives } = keptDays
const kept = {
  deletedProjectHours: keptHours,
  days: { steps, sessions, mails, archives, notes: longestNoteDays },
  audit: tiers.map((tier) => ({ tier, days: tierTable[tier].auditDays })),
}
