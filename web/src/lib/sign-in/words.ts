import type { SignedInSession } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

export const agentName = ({ agent }: SignedInSession): string => agent ?? m.sign_in_some_program()
