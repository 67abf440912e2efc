/**
 * For how many days what is nobody's work is kept, beside the audit log (`tierTable`) and deleted projects (`keptHours`):
 * the schedules remove it by this table, and the site tells it.
 */
export const keptDays = {
  /** Single steps of runs; what was asked, answered and made stays. */
  steps: 30,
  /** Longer than the issuer lets any session last. */
  sessions: 60,
  mails: 30,
  unsentMails: 7,
  archives: 7,
  requestAnswers: 1,
  doneJobs: 7,
  failedJobs: 30,
  /** No token of somebody who has gone holds for so long. */
  departures: 31,
  paymentEvents: 40,
} as const

/** How long anything is kept that the installation writes down for its own work. */
export const longestNoteDays = Math.max(
  keptDays.requestAnswers,
  keptDays.doneJobs,
  keptDays.failedJobs,
  keptDays.departures,
  keptDays.paymentEvents,
)
