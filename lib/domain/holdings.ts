import { emptied, holding, kept, type Emptiness, type Fate, type Holding, type Subject } from './fates.ts'

/**
 * Every place that can hold somebody's bytes, and what a deletion leaves there: of a project, of an organization once its
 * projects are gone, of a person. Deleting goes by this table and looks again by it before it says that it is done; a test
 * fails for a table, a column or a prefix of storage that is not named.
 */
export const tables = {
  users: holding('who a person is', { person: emptied('id', whoIsGone) }),
  organizations: holding('an organization and its tier', { organization: emptied('id', noName) }),
  memberships: holding('who belongs to which organization', { organization: 'organization_id', person: 'user_id' }),
  invitations: holding('who is invited, by mail address or by a link as a digest', {
    project: 'project_id',
    organization: 'organization_id',
    person: 'created_by',
  }),
  invitation_uses: holding('who came by which invitation', { person: 'user_id' }),
  projects: holding('the project itself', { project: 'id', organization: withProjects, person: ofTheTeam }),
  versions: holding('what each version is called and holds', { project: 'project_id', person: ofTheTeam }),
  blobs: holding('which files are stored', { project: 'project_id' }),
  generations: holding('requests and answers', {
    project: 'project_id',
    organization: withProjects,
    person: ofTheTeam,
  }),
  event_streams: holding('how far the log of events is', { project: 'project_id' }),
  events: holding('what happened, with words of requests', { project: 'project_id' }),
  sandboxes: holding('where its sandbox is', { project: 'project_id' }),
  sandbox_settings: holding('how its sandbox is to be', { project: 'project_id' }),
  model_calls: holding('what was asked of models, without the words', { project: 'project_id' }),
  conversation_memories: holding('what a conversation came to', { project: 'project_id' }),
  queued_messages: holding('requests that wait', { project: 'project_id', person: 'written_by' }),
  images: holding('which images were shown', { project: 'project_id', person: ofTheTeam }),
  improvements: holding('requests that were put in better words', {
    project: 'project_id',
    organization: withProjects,
    person: 'user_id',
  }),
  project_secrets: holding('sealed secrets', { project: 'project_id', person: ofTheTeam }),
  file_locks: holding('which files are locked', { project: 'project_id', person: 'locked_by' }),
  shares: holding('links to the running app, as digests', { project: 'project_id', person: ofTheTeam }),
  spent_addresses: holding('addresses of its preview that were ended', { project: 'project_id' }),
  project_guests: holding('who is a guest of it', { project: 'project_id', person: 'user_id' }),
  favourites: holding('who marked it', { project: 'project_id', person: 'user_id' }),
  project_spending: holding('what it used in a month', { project: 'project_id' }),
  ledger: holding('what was paid', { project: 'project_id', organization: books, person: books }),
  caps: holding('what it may cost', { project: 'owner_id', organization: 'owner_id', person: 'owner_id' }),
  folders: holding('folders of an organization', { organization: 'organization_id', person: ofTheTeam }),
  quotas: holding('what an organization used in a month', { organization: books }),
  usage_days: holding('what an organization used each day, by whom and where, as numbers and ids', {
    project: kept('What was used stays with its organization, under an id that leads nowhere.'),
    organization: books,
    person: books,
  }),
  person_spending: holding('what a person used in a month', { person: books }),
  member_spending: holding('what a member of an organization used in a month', { organization: books, person: books }),
  organization_engine: holding('which models an organization allows, and its rules', {
    organization: 'organization_id',
  }),
  own_models: holding('the sealed key of an organization', { organization: 'organization_id', person: ofTheTeam }),
  sessions: holding('where a person is signed in, with browser and shortened address', { person: 'user_id' }),
  accepted_terms: holding('which terms a person accepted, and when', { person: 'user_id' }),
  identities: holding('by what else a person signs in, with mail address and name', { person: 'user_id' }),
  link_tickets: holding('who asked to link another sign-in, as a digest, for a few minutes', { person: 'user_id' }),
  exports: holding('what a person takes along', { person: 'user_id' }),
  departures: holding('that somebody has gone, as a digest', {
    person: kept('So that a token which still holds brings nobody back; it is forgotten after a month.'),
  }),
  sign_in_rules: holding('what an organization asks of sign-ins', { organization: 'organization_id' }),
  company_joins: holding('who came in by the sign-in of a company', {
    organization: 'organization_id',
    person: 'user_id',
  }),
  api_keys: holding('keys of a person, as digests', { organization: 'organization_id', person: 'user_id' }),
  audit_log: holding('who did what', {
    project: kept('It names ids, no contents, and is forgotten when the tier says.'),
    organization: kept('It names ids, no contents, and is forgotten when the tier says.'),
    person: kept('It names ids, no contents, and is forgotten when the tier says.'),
  }),
  audit_heads: holding('where the chain of the audit log ends', {
    organization: kept('Two numbers and two digests, by which the log is verified.'),
  }),
  deletion_receipts: holding('what was deleted, when, and that nothing is left', {
    project: kept('It is the proof.'),
    organization: kept('It is the proof.'),
    person: kept('It is the proof.'),
  }),
  jobs: holding('work to do, as ids', {
    project: kept('A job that is done is forgotten after a week.'),
    organization: kept('A job that is done is forgotten after a week.'),
    person: kept('A job that is done is forgotten after a week.'),
  }),
  idempotency_keys: holding('what requests were answered', {
    project: kept('An answer is forgotten after a day.'),
    person: 'user_id',
  }),
  rate_windows: holding('how often somebody asked, as digests', {}),
  notices: holding('mails to people: to whom and with which words, until they were sent', {
    person: kept('One that was sent holds neither address nor words; those that wait for the person are removed.'),
  }),
  announcements: holding('what those who run the installation tell everybody', {}),
  flags: holding('what is switched on, and for how many', {}),
  flag_organizations: holding('for which organizations something is switched on or off', {
    organization: 'organization_id',
  }),
  billing_accounts: holding('by which customer and subscription an organization pays', {
    organization: 'organization_id',
  }),
  top_ups: holding('requests that an organization bought ahead', { organization: 'organization_id' }),
  meter_reports: holding('how many requests an organization is charged one by one', {
    organization: 'organization_id',
  }),
  invoices: holding('what an organization was billed', { organization: 'organization_id' }),
  billing_events: holding('which deliveries of events were taken, as ids', {}),
} as const satisfies Record<string, Holding>

/** Where objects lie, by the first part of their keys. */
export const prefixes = {
  projects: { holds: 'files, transcripts, what models were told, images and pictures of projects', of: 'project' },
  people: { holds: 'archives that people take along', of: 'person' },
} as const

/** What is neither a table nor an object. */
export const elsewhere = {
  sandboxes: { holds: 'a copy of the files, and what the app wrote', of: 'project', fate: 'removed' },
  issuer: { holds: 'by what a person signs in', of: 'person', fate: 'removed', counted: 'accounts to sign in by' },
  payments: {
    holds: 'the customer, the cards and the subscription',
    of: 'organization',
    fate: 'removed',
    counted: 'customers of payments',
  },
  companies: {
    holds: 'the organization at the issuer, and the directory of the company that is connected to it',
    of: 'organization',
    fate: 'removed',
    counted: 'sign-ins of companies',
  },
  redis: {
    holds: 'how often somebody asked, as ids',
    of: 'person',
    fate: 'kept',
    because: 'It expires by itself within two minutes.',
  },
} as const

/** Where others keep something under a name of theirs, which is removed and looked for again. */
export type Outside = {
  [P in keyof typeof elsewhere]: (typeof elsewhere)[P] extends { counted: string } ? P : never
}[keyof typeof elsewhere]

function withProjects(): Fate {
  return { fate: 'gone', column: 'organization_id' }
}
/** What a person made in projects of others is theirs too, and names an id that leads to nobody. */
function ofTheTeam(): Fate {
  return kept('It belongs to the organization, and names an id that leads to nobody.')
}
function books(): Fate {
  return kept('The books of the installation: numbers under an id that leads to nobody.')
}
/** Whoever signs in by the same account again is somebody new. */
function whoIsGone(id: string): Emptiness {
  return { issuer: '', subject: id, email: null, name: null, suspended_reason: null, suspended_at: null }
}
function noName(): Emptiness {
  const granted = { granted_tier: null, limits: null, limits_until: null, limits_reason: null }
  return { name: '', tier: 'free', suspended_at: null, suspended_reason: null, ...granted }
}

/** Where something would still tell of what was deleted. */
export const tracesOf = (subject: Subject) =>
  Object.entries<Holding>(tables).flatMap(([table, holds]) => {
    const fate = holds[subject]
    return fate === null || fate.fate === 'kept' ? [] : [{ table, fate }]
  })
