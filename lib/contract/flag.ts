import * as z from 'zod/mini'
import { OrganizationId } from './ids.ts'

/** What those who run the installation can switch on for some before it is for all, or off in need. */
export const flagNames = ['teams', 'prompt-improvement'] as const
export const FlagName = z.enum(flagNames)
export type FlagName = z.infer<typeof FlagName>

const Percent = z.int().check(z.minimum(0), z.maximum(100))

/** For how many of a hundred organizations it is on, always the same ones, and for whom it is set otherwise. */
export const Flag = z.object({
  name: FlagName,
  percent: Percent,
  exceptions: z.array(z.object({ id: OrganizationId, name: z.string(), on: z.boolean() })),
})
export type Flag = z.infer<typeof Flag>

export const Flags = z.object({ items: z.array(Flag) })
export type Flags = z.infer<typeof Flags>

export const FlagPath = z.object({ name: FlagName })
export const FlagShare = z.strictObject({ percent: Percent })
export const FlagExceptionPath = z.object({ name: FlagName, organizationId: OrganizationId })
export const FlagException = z.strictObject({ on: z.boolean() })
