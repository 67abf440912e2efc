import * as z from 'zod/mini'
import { ProjectId } from './ids.ts'
import { Instant } from './page.ts'

/** As a variable of the app's environment is named. */
export const SecretName = z
  .string()
  .check(
    z.regex(
      /^[A-Z][A-Z0-9_]{0,63}$/,
      'The name of a secret has capitals, digits and underscores, and begins with a letter.',
    ),
  )

export const mostSecrets = 50

export const SecretPath = z.object({ projectId: ProjectId, name: SecretName })

/** Taken as it is, spaces and line breaks included. */
export const NewSecret = z.strictObject({ value: z.string().check(z.minLength(1), z.maxLength(10_000)) })

/** A secret of a project, by its name: the value is never given out again. */
export const ProjectSecret = z.object({ name: z.string(), createdAt: Instant, updatedAt: Instant })
export type ProjectSecret = z.infer<typeof ProjectSecret>

export const ProjectSecrets = z.object({ items: z.array(ProjectSecret) })
