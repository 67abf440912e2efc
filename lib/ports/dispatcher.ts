import type { JobId } from '../contract/ids.ts'

/** Wakes the function that does a kind of job, without waiting for it. A lost wake-up is made good by `cron/minute`. */
export interface Dispatcher {
  wake(kind: JobKind, jobId: JobId): Promise<void>
}

/** Every kind of job; each is the function `jobs/<kind>`. */
export const jobKinds = [
  'start-generation',
  'stop-generation',
  'next-message',
  'relay-model',
  'improve-prompt',
  'carry-mail',
  'open-sandbox',
  'stop-sandbox',
  'change-addresses',
  'delete-project',
  'delete-account',
  'export-person',
  'sweep-sandboxes',
  'send-notice',
  'sync-billing',
] as const
export type JobKind = (typeof jobKinds)[number]
