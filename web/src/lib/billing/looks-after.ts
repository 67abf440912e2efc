import type { Role } from '#lib/contract.ts'

/** Who is shown what is paid, and may pay. */
export const looksAfterBilling = ({ role }: { role: Role }): boolean =>
  role === 'owner' || role === 'admin' || role === 'billing'
