import * as z from 'zod/mini'
import { VersionId } from './ids.ts'
import { Instant } from './page.ts'

export const sandboxStates = ['absent', 'starting', 'started', 'stopping', 'stopped', 'failed'] as const
export const SandboxState = z.enum(sandboxStates)
export type SandboxState = z.infer<typeof SandboxState>

/** The port on which every template serves its preview, and the port of the live gateway beside it. */
export const sandboxPorts = { preview: 5173, live: 8787 } as const

/** What the machine that was provided has; it comes with the snapshot. */
export const SandboxResources = z.object({ cpu: z.number(), memoryGiB: z.number(), diskGiB: z.number() })
export type SandboxResources = z.infer<typeof SandboxResources>

export const Sandbox = z.object({
  state: SandboxState,
  /** Null until there has been one. */
  resources: z.nullable(SandboxResources),
  /** A signed address of the running app; anyone who has it can open it until it expires. */
  preview: z.nullable(z.object({ url: z.string(), expiresAt: Instant })),
  /** The version whose files the sandbox shows. */
  versionId: z.nullable(VersionId),
  problem: z.nullable(z.string()),
  updatedAt: z.nullable(Instant),
})
export type Sandbox = z.infer<typeof Sandbox>
