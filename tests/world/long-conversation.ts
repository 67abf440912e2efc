import type { Sql } from 'postgres'

interface Talked {
  projectId: string
  count: number
}

/**
 * A project in which so many requests were made, an hour apart and the last one an hour ago, each with what the log would
 * tell of it: number 7 asks `Request 7`, took two steps and changed one file.
 */
export async function talkFor(sql: Sql, { projectId, count }: Talked): Promise<void> {
  await sql`
    insert into everjust.generations (id, project_id, organization_id, requested_by, state, prompt, answer, model, attempt,
      cap_micros, spent_micros, steps, created_at, started_at, ended_at)
    select ${idOf(sql)}, p.id, p.organization_id, p.created_by, 'succeeded', 'Request ' || n, ${answerOf(sql)}, 'scripted-1', 1,
      500000, 38200, 2, at, at, at + interval '12 seconds'
    from everjust.projects p, generate_series(1, ${count}::int) n,
      lateral (select now() - (${count}::int - n + 1) * interval '1 hour') as told (at)
    where p.id = ${projectId}
    order by n`
  await sql`
    insert into everjust.events (project_id, seq, type, at, data, run_id, run_n)
    select p.id, (n - 1) * 5 + k, type, now() - (${count}::int - n + 1) * interval '1 hour' + k * interval '1 second',
      data || jsonb_build_object('generationId', gen), case when ran then gen end, case when ran then k end
    from everjust.projects p, generate_series(1, ${count}::int) n, lateral (select ${idOf(sql)}) as g (gen),
      lateral (values
        (1, false, 'project:generation:start',
          jsonb_build_object('prompt', 'Request ' || n, 'model', 'scripted-1', 'scripted', true, 'retryOf', null)),
        (2, true, 'project:generation:progress', '{"progress": {"kind": "text", "step": 1, "text": "I will edit."}}'),
        (3, true, 'project:generation:progress', jsonb_build_object('progress', jsonb_build_object('kind', 'tool_ended',
          'step', 2, 'callId', 'call-' || n, 'tool', 'edit', 'target', 'src/file-' || n || '.ts', 'ok', true,
          'output', '', 'ms', 800))),
        (4, true, 'file:changed',
          jsonb_build_object('path', 'src/file-' || n || '.ts', 'change', 'modified', 'added', 42, 'removed', 7)),
        (5, false, 'project:generation:complete', jsonb_build_object('versionId', null, 'answer', ${answerOf(sql)},
          'cost', '{"currency": "USD", "micros": 38200, "atMostMicros": 500000, "simulated": true}'::jsonb))
      ) as e (k, ran, type, data)
    where p.id = ${projectId}`
  await sql`
    insert into everjust.event_streams (project_id, last_seq) values (${projectId}, ${count * 5})
    on conflict (project_id) do update set last_seq = excluded.last_seq`
  await sql`analyze everjust.generations, everjust.events`
}

/** Ids that are unique over projects and can be made again. */
const idOf = (sql: Sql) => sql`'gen_' || substr(translate(md5(p.id || '-' || n), 'ilou', 'wxyz'), 1, 20)`

/** Of different lengths. */
const answerOf = (sql: Sql) => sql`'Done, number ' || n || '.' || repeat(' It was worth it.', n % 23)`
