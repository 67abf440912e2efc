import { m } from '#lib/messages.ts'

/** What is done in turn while a sandbox starts. */
export const wakeSteps = { machine: m.sandbox_step_machine, files: m.sandbox_step_files }
export type WakeStep = keyof typeof wakeSteps
export const stepNames: readonly WakeStep[] = ['machine', 'files']

/** After so long somebody is told that it takes longer than it should. */
export const slowAfter = 30_000
