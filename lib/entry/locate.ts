import type { GenerationMode } from '../contract/generation.ts'
import type { OrganizationId, ProjectId } from '../contract/ids.ts'
import type { Principal, Standing } from '../domain/access.ts'
import type { Stores } from '../store/stores.ts'

interface AboutProject {
  path: { projectId: ProjectId }
  principal: Principal
}

/** The caller's standing in the organization that owns the project of the path. */
export function inProject({ path, principal }: AboutProject, { standings }: Stores): Promise<Standing | undefined> {
  return standings.inProject(principal, path.projectId)
}

/** The same where the project may have been deleted and not cleared away yet. */
export function inKeptProject({ path, principal }: AboutProject, { standings }: Stores): Promise<Standing | undefined> {
  return standings.inProject(principal, path.projectId, { deleted: true })
}

interface AboutWish extends AboutProject {
  body: { mode: GenerationMode; prompt: string }
}

/** The same with how that organization uses models and what like runs used, in one round trip. */
export async function inProjectWithEngine(given: AboutWish, stores: Stores): Promise<Standing | undefined> {
  const { projectId } = given.path
  const [standing, engine, precedents] = await Promise.all([
    inProject(given, stores),
    stores.engines.ofProject(projectId),
    stores.quotes.precedents(projectId, { mode: given.body.mode, promptLength: given.body.prompt.length }),
  ])
  return standing && { ...standing, engine, precedents }
}

interface AboutOrganization {
  body?: { organizationId?: OrganizationId | undefined } | undefined
  query?: { organizationId?: OrganizationId | undefined } | undefined
  principal: Principal
}

/** The caller's standing in the organization the request names, or else in the personal one. */
export function inOrganization(
  { body, query, principal }: AboutOrganization,
  { standings }: Stores,
): Promise<Standing | undefined> {
  return standings.inOrganization(principal, body?.organizationId ?? query?.organizationId)
}

/** The caller's standing in the personal organization, for what concerns the caller alone. */
export function inOwnOrganization({ principal }: { principal: Principal }, { standings }: Stores) {
  return standings.inOrganization(principal, undefined)
}

interface InOrganizationPath {
  path: { organizationId: OrganizationId }
  principal: Principal
}

/** The caller's standing in the organization of the path. */
export function ofOrganization({ path, principal }: InOrganizationPath, { standings }: Stores) {
  return standings.inOrganization(principal, path.organizationId)
}

/** For the runner: the standing of its own run. */
export function inRun({ principal }: { principal: Principal }, { standings }: Stores): Promise<Standing | undefined> {
  return principal.kind === 'run' ? standings.inProject(principal, principal.projectId) : Promise.resolve(undefined)
}
