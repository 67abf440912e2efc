import { m } from '#lib/messages.ts'

/** What is done in turn while a sandbox starts. */
export const wakeSteps = [m.sandbox_step_machine, m.sandbox_step_files] as const
