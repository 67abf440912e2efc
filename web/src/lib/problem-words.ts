import type { ProblemCode } from './contract.ts'
import { m } from './messages.ts'

/** What happened, in the reader's language; the API says it in English, and its details stay as they were sent. */
export const problemTitles: Record<ProblemCode, () => string> = {
  invalid_request: m.problems_invalid_request,
  unauthenticated: m.problems_unauthenticated,
  payment_required: m.problems_payment_required,
  suspended: m.problems_suspended,
  forbidden: m.problems_forbidden,
  fresh_sign_in_required: m.problems_fresh_sign_in_required,
  switched_off: m.problems_switched_off,
  second_factor_required: m.problems_second_factor_required,
  company_sign_in_required: m.problems_company_sign_in_required,
  not_found: m.problems_not_found,
  method_not_allowed: m.problems_method_not_allowed,
  conflict: m.problems_conflict,
  generation_active: m.problems_generation_active,
  project_archived: m.problems_project_archived,
  version_outdated: m.problems_version_outdated,
  run_over: m.problems_run_over,
  idempotency_mismatch: m.problems_idempotency_mismatch,
  too_large: m.problems_too_large,
  unsupported_media_type: m.problems_unsupported_media_type,
  digest_mismatch: m.problems_digest_mismatch,
  too_many_sandboxes: m.problems_too_many_sandboxes,
  rate_limited: m.problems_rate_limited,
  internal: m.problems_internal,
  unavailable: m.problems_unavailable,
}

export const tryAgainIn = (seconds: number) => m.problems_again({ seconds })
