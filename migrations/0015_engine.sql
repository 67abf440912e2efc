-- What a request says beside its words, what came of it, and what each version and call is known by.
alter table everjust.generations
  add column mode text not null default 'build' constraint generations_mode check (mode in ('build', 'plan')),
  add column attachments jsonb not null default '[]',
  -- What the model asked back: {text, choices}.
  add column question jsonb,
  -- Why the loop was broken: {check, message, tries}.
  add column diagnosis jsonb,
  add column retry_of text,
  -- Set when the conversation went back to before this request: the model is not told of it any more.
  add column superseded_at timestamptz,
  -- The model that may step in; null when the person did not allow one.
  add column fallback_model text,
  -- Paid by the organization's own key: nothing is charged for it.
  add column own_key boolean not null default false,
  -- How full the model's window was at the last reply: {tokens, window}.
  add column context jsonb,
  -- What the loop breaker gave back.
  add column returned_micros bigint not null default 0;

alter table everjust.versions
  -- Whether every check passed; null for versions that were never checked.
  add column green boolean,
  add column picture_sha256 text;

alter table everjust.model_calls
  add column purpose text not null default 'work'
    constraint model_calls_purpose check (purpose in ('work', 'repair', 'compaction'));
