import { m } from '#lib/messages.ts'

/** What actions of the log are about, by the noun that they begin with. */
export const nouns: Record<string, () => string> = {
  project: m.audit_noun_project,
  generation: m.audit_noun_generation,
  model: m.audit_noun_model,
  version: m.audit_noun_version,
  file: m.audit_noun_file,
  secret: m.audit_noun_secret,
  share: m.audit_noun_share,
  sandbox: m.audit_noun_sandbox,
  engine: m.audit_noun_engine,
  own_model: m.audit_noun_own_model,
  caps: m.audit_noun_caps,
  member: m.audit_noun_member,
  organization: m.audit_noun_organization,
  key: m.audit_noun_key,
  billing: m.audit_noun_billing,
  audit: m.audit_noun_audit,
}
