/**
 * Every place that can hold somebody's bytes, and what the deletion of a project leaves there. Deleting looks again by this
 * table before it says that it is done; a test fails for a table or a prefix of storage that is not named.
 */
export const tables = {
  users: nothing('who a person is'),
  organizations: nothing('an organization and its tier'),
  memberships: nothing('who belongs to which organization'),
  invitations: removed('who is invited, by mail address or by a link as a digest', 'project_id'),
  invitation_uses: nothing('who came by which invitation'),
  projects: removed('the project itself', 'id'),
  versions: removed('what each version is called and holds', 'project_id'),
  blobs: removed('which files are stored', 'project_id'),
  generations: removed('requests and answers', 'project_id'),
  event_streams: removed('how far the log of events is', 'project_id'),
  events: removed('what happened, with words of requests', 'project_id'),
  sandboxes: removed('where its sandbox is', 'project_id'),
  sandbox_settings: removed('how its sandbox is to be', 'project_id'),
  model_calls: removed('what was asked of models, without the words', 'project_id'),
  conversation_memories: removed('what a conversation came to', 'project_id'),
  queued_messages: removed('requests that wait', 'project_id'),
  images: removed('which images were shown', 'project_id'),
  improvements: removed('requests that were put in better words', 'project_id'),
  project_secrets: removed('sealed secrets', 'project_id'),
  file_locks: removed('which files are locked', 'project_id'),
  shares: removed('links to the running app, as digests', 'project_id'),
  project_guests: removed('who is a guest of it', 'project_id'),
  favourites: removed('who marked it', 'project_id'),
  project_spending: removed('what it used in a month', 'project_id'),
  // What was paid stays, and does not say for which project.
  ledger: removed('what was paid', 'project_id'),
  caps: removed('what it may cost', 'owner_id'),
  folders: nothing('folders of an organization'),
  quotas: nothing('what an organization used in a month'),
  usage_days: nothing('what an organization used each day, by whom and where, as numbers and ids'),
  member_spending: nothing('what a member of an organization used in a month'),
  person_spending: nothing('what a person used in a month'),
  organization_engine: nothing('which models an organization allows, and its rules'),
  own_models: nothing('the sealed key of an organization'),
  sessions: nothing('where a person is signed in, with browser and shortened address'),
  api_keys: nothing('keys of a person, as digests'),
  audit_log: kept('who did what', 'It names ids, no contents, and is forgotten when the tier says.'),
  audit_heads: nothing('where the chain of the audit log ends'),
  deletion_receipts: kept('what was deleted, when, and that nothing is left', 'It is the proof.'),
  jobs: kept('work to do, as ids', 'A job that is done is forgotten after a week.'),
  idempotency_keys: kept('what requests were answered', 'An answer is forgotten after a day.'),
  rate_windows: nothing('how often somebody asked, as digests'),
  notices: nothing('mails to people'),
  billing_accounts: nothing('by which customer and subscription an organization pays'),
  invoices: nothing('what an organization was billed'),
  billing_events: nothing('which deliveries of events were taken, as ids'),
} as const satisfies Record<string, Holding>

/** Where objects lie, by the first part of their keys. */
export const prefixes = {
  projects: { holds: 'files, transcripts, what models were told, images and pictures of projects', project: 'removed' },
} as const

/** What is neither a table nor an object. */
export const elsewhere = {
  sandboxes: { holds: 'a copy of the files, and what the app wrote', project: 'removed' },
  redis: {
    holds: 'how often somebody asked, as ids',
    project: 'kept',
    because: 'It expires by itself within two minutes.',
  },
} as const

export interface Holding {
  holds: string
  /** Null where nothing of it belongs to a project. */
  project: { fate: 'removed'; column: string } | { fate: 'kept'; because: string } | null
}

function removed(holds: string, column: string): Holding {
  return { holds, project: { fate: 'removed', column } }
}
function kept(holds: string, because: string): Holding {
  return { holds, project: { fate: 'kept', because } }
}
function nothing(holds: string): Holding {
  return { holds, project: null }
}

/** Where rows would still tell of a project that was deleted. */
export const tracesOfProject = Object.entries<Holding>(tables).flatMap(([table, { project }]) =>
  project?.fate === 'removed' ? [{ table, column: project.column }] : [],
)
