import type { ProjectId } from '../contract/ids.ts'

/** What a secret of a project is sealed about: copied to another project or name, it does not open. */
export const secretAbout = (projectId: ProjectId, name: string): string => `${projectId} secret ${name}`
