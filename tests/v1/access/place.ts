import { createHash } from 'node:crypto'
import { newId, type GenerationId, type ProjectId, type VersionId } from '../../../lib/contract/ids.ts'
import type { Recording } from '../../../lib/contract/recording.ts'
import { formatManifest } from '../../../lib/domain/manifest.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import { entry } from '../../world/files.ts'
import { guests, owner, team, world } from './cast.ts'

export interface Place {
  project: ProjectId
  version: VersionId
  generation: GenerationId
}

export const files = [entry('a.txt', 'a')]

/** A project of the team with a version, a running generation, a model call and a sandbox, unlike any other. */
export async function openPlace(visibility: 'private' | 'public'): Promise<Place> {
  const { sql, context } = world
  const place: Place = { project: newId('project'), version: newId('version'), generation: newId('generation') }
  const { project, version, generation } = place
  const manifest = formatManifest(files)
  await context.objects.put(`projects/${project}/manifests/${version}.json`, manifest, 'application/json')
  await context.objects.put(objectKeys.recording(project, generation), recordingOf(place), 'application/json')
  await context.objects.put(`projects/${project}/blobs/${files[0]?.sha256}`, 'a', 'text/plain')
  await sql.begin((t) => [
    t`insert into everjust.projects
      (id, organization_id, created_by, name, template, visibility, current_version_id, active_generation_id)
      values (${project}, ${team}, ${owner.id}, 'Place', 'static', ${visibility}, ${version}, ${generation})`,
    t`insert into everjust.versions
      (id, project_id, number, source, message, manifest_sha256, file_count, total_bytes)
      values (${version}, ${project}, 1, 'edit', 'x', ${createHash('sha256').update(manifest).digest('hex')}, 1, 1)`,
    t`insert into everjust.blobs (project_id, sha256, size) values (${project}, ${files[0]?.sha256 ?? ''}, 1)`,
    t`insert into everjust.generations
      (id, project_id, organization_id, requested_by, state, prompt, model, attempt, cap_micros, lease_until, started_at)
      values (${generation}, ${project}, ${team}, ${owner.id}, 'running', 'x', 'scripted-1', 1, 1000000,
        now() + interval '1 hour', now())`,
    t`insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros)
      values (${callOf(generation)}, ${project}, ${generation}, 1, 'scripted-1', 'settled', 0)`,
    t`insert into everjust.images (id, project_id, uploaded_by, media_type, size, sha256, checked_at)
      values (${imageOf(generation)}, ${project}, ${owner.id}, 'image/png', 1, 'x', now())`,
    t`insert into everjust.queued_messages (id, project_id, written_by, prompt, wish, place)
      values (${messageOf(generation)}, ${project}, ${owner.id}, 'x',
        ${sql.json({ mode: 'build', mayFallBack: false, attachments: [] })}, 1)`,
    t`insert into everjust.folders (id, organization_id, name, created_by)
      values (${folderOf(generation)}, ${team}, ${project}, ${owner.id})`,
    t`insert into everjust.organizations (id, name, kind, tier) values (${doomedOf(generation)}, 'Doomed', 'team', 'team')`,
    t`insert into everjust.memberships (organization_id, user_id, role)
      select ${doomedOf(generation)}, user_id, role from everjust.memberships where organization_id = ${team}
        and role <> 'admin'`,
    t`insert into everjust.deletion_receipts (id, organization_id, kind, subject, asked_at, covers)
      values (${receiptOf(generation)}, ${doomedOf(generation)}, 'person', ${memberOf(generation)}, now(), '{}')`,
    t`insert into everjust.users (id, issuer, subject) values (${memberOf(generation)}, 'test', ${generation})`,
    t`insert into everjust.memberships (organization_id, user_id, role)
      values (${team}, ${memberOf(generation)}, 'viewer')`,
    t`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at)
      values (${invitationOf(generation)}, ${team}, ${generation}, 'viewer', 1, ${owner.id}, now() + interval '1 hour')`,
    ...[guests.editor.id, guests.viewer.id, memberOf(generation)].map(
      (id) => t`insert into everjust.project_guests (project_id, user_id, role)
          values (${project}, ${id}, ${id === guests.editor.id ? 'editor' : 'viewer'})`,
    ),
    t`insert into everjust.invitations (id, organization_id, project_id, digest, role, email, uses, created_by, expires_at)
      values (${guestInvitationOf(project)}, ${team}, ${project}, ${project}, 'viewer', 'x@example.com', 1,
        ${owner.id}, now() + interval '1 hour')`,
    t`insert into everjust.shares (id, project_id, digest, expires_at) values (${shareOf(generation)}, ${project},
      ${createHash('sha256').update(tokenOf(project)).digest('hex')}, now() + interval '1 hour')`,
    t`insert into everjust.flag_organizations values ('prompt-improvement', ${team}, true) on conflict do nothing`,
    t`insert into everjust.announcements (id, tone, words, starts_at, dismissible)
      values (${announcementOf(generation)}, 'news', '{"en": "x", "de": null}', now(), true)`,
    t`delete from everjust.api_keys where organization_id = ${team}`,
    t`insert into everjust.api_keys (id, user_id, organization_id, name, secret_sha256, scopes, expires_at)
      values (${keyOf(generation)}, ${owner.id}, ${team}, 'x', ${generation}, '{}', now() + interval '1 hour')`,
    t`insert into everjust.sandboxes (project_id, state) values (${project}, 'stopped')`,
    t`insert into everjust.project_secrets (project_id, name, sealed) values (${project}, 'TOKEN', 'x')`,
    t`insert into everjust.file_locks (project_id, path) values (${project}, 'a.txt')`,
  ])
  return place
}

const recordingOf = ({ project: projectId, generation: generationId }: Place) => {
  const tree = createHash('sha256').update('').digest('hex')
  const recording: Recording = {
    format: 1,
    generationId,
    projectId,
    baseVersionId: null,
    template: { name: 'static', tree },
    tools: tree,
    start: tree,
    steps: [],
    closing: [],
  }
  return JSON.stringify(recording)
}

/** What a place holds beside its project is named after its run. */
export const doomedOf = (generation: GenerationId) => generation.replace('gen_', 'org_')
export const receiptOf = (generation: GenerationId) => generation.replace('gen_', 'rcp_')
export const keyOf = (generation: GenerationId) => generation.replace('gen_', 'key_')
export const shareOf = (generation: GenerationId) => generation.replace('gen_', 'shr_')
export const tokenOf = (project: ProjectId) => `${project}-shown-to-all`
export const memberOf = (generation: GenerationId) => generation.replace('gen_', 'usr_')
export const invitationOf = (generation: GenerationId) => generation.replace('gen_', 'inv_')
export const guestInvitationOf = (project: ProjectId) => project.replace('prj_', 'inv_')
export const folderOf = (generation: GenerationId) => generation.replace('gen_', 'fld_')
export const callOf = (generation: GenerationId) => generation.replace('gen_', 'call_')
export const imageOf = (generation: GenerationId) => generation.replace('gen_', 'img_')
export const announcementOf = (generation: GenerationId) => generation.replace('gen_', 'ann_')
export const messageOf = (generation: GenerationId) => generation.replace('gen_', 'msg_')
