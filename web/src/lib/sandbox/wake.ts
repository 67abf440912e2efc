import { m } from '#lib/messages.ts'

/** How far a sandbox is that starts. */
export type Waking = 'machine' | 'files'

/** What is done in turn while a sandbox starts, and then until its app is seen. */
export const wakeSteps = { machine: m.sandbox_step_machine, files: m.sandbox_step_files, page: m.sandbox_step_page }
export type WakeStep = keyof typeof wakeSteps
export const toShell: readonly WakeStep[] = ['machine', 'files']
export const toPage: readonly WakeStep[] = ['machine', 'files', 'page']

/** After so long somebody is told that it takes longer than it should. */
export const slowAfter = 30_000
