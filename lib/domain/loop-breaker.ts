import type { Diagnosis } from '../contract/generation.ts'
import type { CheckFailure } from './check-failure.ts'
import type { Checked, Entry } from './entry.ts'

/** Whether the last check found again what an earlier one had found: its repair led nowhere. */
export const hasComeBack = (history: readonly Entry[]) => returned(history) !== undefined

export const repairsIn = (history: readonly Entry[]) =>
  history.filter((entry) => entry.kind === 'told' && entry.repair).length

/** What the next request to the model is for: from the first failed check on, every one is a repair. */
export const purposeOf = (history: readonly Entry[]): 'work' | 'repair' =>
  checksIn(history).some(({ ok }) => !ok) ? 'repair' : 'work'

/** What a person is told of the failure that ended the run: the one that came back, or else the first of the last check. */
export function diagnosisOf(history: readonly Entry[]): Diagnosis | null {
  const failure = returned(history) ?? checksIn(history).at(-1)?.failures[0]
  if (!failure) return null
  const { check, file, message } = failure
  const said = file === null || message.includes(file) ? message : `${file}: ${message}`
  return { check, message: said.slice(0, 2_000), tries: repairsIn(history) }
}

function returned(history: readonly Entry[]): CheckFailure | undefined {
  const checks = checksIn(history)
  const before = new Set(checks.slice(0, -1).flatMap(({ failures }) => failures.map((one) => one.fingerprint)))
  return checks.at(-1)?.failures.find(({ fingerprint }) => before.has(fingerprint))
}

const checksIn = (history: readonly Entry[]) => history.filter((entry): entry is Checked => entry.kind === 'checked')
