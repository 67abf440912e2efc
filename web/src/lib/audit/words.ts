import type { AuditEntry } from '#lib/contract.ts'
import { visibilityNames } from '#lib/home/words.ts'
import { m } from '#lib/messages.ts'
import { roleNames } from '#lib/teams/words.ts'
import { tierNames } from '#lib/tiers/words.ts'
import { asked, done } from './deeds.ts'
import { past } from './past.ts'

type Words = Record<string, () => string>

/** What actions of the log are about, by the noun that they begin with. */
export const nouns: Words = {
  project: m.audit_noun_project,
  generation: m.audit_noun_generation,
  queue: m.audit_noun_queue,
  prompt: m.audit_noun_prompt,
  model: m.audit_noun_model,
  version: m.audit_noun_version,
  file: m.audit_noun_file,
  secret: m.audit_noun_secret,
  share: m.audit_noun_share,
  guest: m.audit_noun_guest,
  sandbox: m.audit_noun_sandbox,
  engine: m.audit_noun_engine,
  own_model: m.audit_noun_own_model,
  caps: m.audit_noun_caps,
  member: m.audit_noun_member,
  invitation: m.audit_noun_invitation,
  organization: m.audit_noun_organization,
  key: m.audit_noun_key,
  'sign-in': m.audit_noun_sign_in,
  session: m.audit_noun_session,
  identity: m.audit_noun_identity,
  billing: m.audit_noun_billing,
  plan: m.audit_noun_plan,
  account: m.audit_noun_account,
  terms: m.audit_noun_terms,
  audit: m.audit_noun_audit,
  operator: m.audit_noun_operator,
}

/** What some actions end with. */
const ends: Record<string, Words> = {
  'guest.role': roleNames,
  'member.role': roleNames,
  'invitation.accept': roleNames,
  'project.visibility': visibilityNames,
  'project.model': { usual: m.audit_model_usual },
  plan: tierNames,
}

/** What was done, or not allowed, as people say it; an action that nobody records any more stays as it was recorded. */
export function wordsOf(action: string, outcome: AuditEntry['outcome']): string {
  const base = Object.keys(ends).find((each) => action.startsWith(`${each}.`)) ?? action
  const deed = done[base] ?? asked[base]
  if (!deed) return action
  const said = outcome === 'denied' ? m.audit_refused_to({ deed: deed() }) : (past[base] ?? deed)()
  if (base === action) return said
  const value = action.slice(base.length + 1)
  return m.audit_did_with({ deed: said, value: ends[base]?.[value]?.() ?? value })
}

/** What one can look for: everything about a noun, or one action, in the order in which they stand there. */
export const choices = Object.entries(nouns).map(([noun, word]) => ({
  noun,
  word,
  actions: Object.entries(done)
    .filter(([action]) => action.startsWith(`${noun}.`))
    .map(([action, deed]) => [action, () => capital(deed())] as const),
}))

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
