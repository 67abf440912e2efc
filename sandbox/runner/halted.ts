import type { FailureCode } from '../../lib/contract/generation.ts'

/** A generation cannot go on, for a reason a person can be told. */
export class Halted extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode) {
    super(code)
    this.code = code
  }
}
