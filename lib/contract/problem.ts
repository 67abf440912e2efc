/** Every way a request can end badly: the wire code, its HTTP status, and the sentence a person reads. */
export const problems = {
  invalid_request: [400, 'The request is not of the shape this endpoint takes.'],
  unauthenticated: [401, 'Sign in first.'],
  payment_required: [402, 'What may be used or spent is used up.'],
  suspended: [403, 'This is suspended by those who run the installation.'],
  forbidden: [403, 'You may see this, but not do that to it.'],
  fresh_sign_in_required: [403, 'Sign in again first: this needs a sign-in of the last five minutes.'],
  switched_off: [403, 'This is switched off for now.'],
  second_factor_required: [403, 'This organization asks for a sign-in by two factors.'],
  company_sign_in_required: [403, 'This organization asks for the sign-in of its company.'],
  not_found: [404, 'Nothing here by that name.'],
  method_not_allowed: [405, 'This path does not take that method.'],
  conflict: [409, 'Something else happened first.'],
  generation_active: [409, 'A generation is already running in this project.'],
  project_archived: [409, 'This project is archived: it can be read, not changed.'],
  version_outdated: [409, 'The project has a newer version than the one this builds on.'],
  run_over: [409, 'This run has ended or was taken over by another attempt.'],
  idempotency_mismatch: [409, 'This idempotency key was used for a different request.'],
  too_large: [413, 'The request is larger than this endpoint takes.'],
  unsupported_media_type: [415, 'This endpoint takes JSON.'],
  digest_mismatch: [422, 'What was uploaded is not what was announced.'],
  too_many_sandboxes: [429, 'As many sandboxes are running as may run at once.'],
  rate_limited: [429, 'Too many requests for the moment.'],
  internal: [500, 'Something broke on our side.'],
  unavailable: [503, 'A service we rely on is not answering.'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problems
