import type { AuditEntry } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** What an id is, by its first letters: how it is called when it has a name, and when what had one is gone; or what it is. */
const kinds: Record<string, { named?: (name: string) => string; otherwise: () => string }> = {
  usr: { named: (name) => name, otherwise: m.audit_gone_person },
  prj: { named: (name) => name, otherwise: m.audit_gone_project },
  org: { named: (name) => name, otherwise: m.audit_gone_organization },
  key: { named: (name) => name, otherwise: m.audit_gone_key },
  ver: { named: (number) => m.audit_named_version({ number }), otherwise: m.audit_gone_version },
  gen: { otherwise: m.audit_one_request },
  shr: { otherwise: m.audit_one_share },
  inv: { otherwise: m.audit_one_invitation },
  ses: { otherwise: m.audit_one_session },
  idn: { otherwise: m.audit_one_identity },
  msg: { otherwise: m.audit_one_message },
  call: { otherwise: m.audit_one_call },
  imp: { otherwise: m.audit_one_improvement },
  img: { otherwise: m.audit_one_image },
  fld: { otherwise: m.audit_one_folder },
  ann: { otherwise: m.audit_one_announcement },
  rcp: { otherwise: m.audit_one_receipt },
  exp: { otherwise: m.audit_one_export },
}

/** Whoever did something: who has no name any more is gone, and some were nobody. */
export function actorOf({ id: actor, name }: AuditEntry['actor']): string {
  return name ?? nobodies[actor]?.() ?? kinds[id.exec(actor)?.[1] ?? '']?.otherwise() ?? actor
}

const nobodies: Record<string, () => string> = { run: m.audit_one_request, billing: m.audit_noun_billing }

const id = /^([a-z]{3,4})_[0-9a-z]{20}$/

/** What an entry is about, in words; what is no id, as a file's path, stays as it is. */
export function subjectOf({ subject, names }: Pick<AuditEntry, 'subject' | 'names'>): string {
  const words: string[] = []
  let rest = ''
  for (const part of subject.split('/')) {
    const kind = kinds[id.exec(part)?.[1] ?? '']
    const name = names[part]
    if (!kind) rest = rest ? `${rest}/${part}` : part
    else words.push(name !== undefined && kind.named ? kind.named(name) : kind.otherwise())
  }
  return [...words, ...(rest ? [rest] : [])].join(' · ')
}
