export type Subject = 'project' | 'organization' | 'person'

/**
 * `removed` are the rows whose column names the subject, `gone` those that went with its projects; `emptied` are those that
 * stay as an id without anything.
 */
export type Fate =
  | { fate: 'removed' | 'gone'; column: string }
  | { fate: 'emptied'; column: string; to: (id: string) => Emptiness }
  | { fate: 'kept'; because: string }

/** What each column of a row is to hold when nothing is left in it. */
export type Emptiness = Readonly<Record<string, string | null>>

/** Of a subject that is not named a table holds nothing. */
export type Holding = { holds: string } & { [S in Subject]: Fate | null }

type Given = string | Fate | (() => Fate)

/** Of a table: what it holds, and what a deletion leaves in it. */
export function holding(holds: string, fates: Partial<Record<Subject, Given>>): Holding {
  const { project, organization, person } = fates
  return { holds, project: fateOf(project), organization: fateOf(organization), person: fateOf(person) }
}
function fateOf(given: Given | undefined): Fate | null {
  if (given === undefined) return null
  if (typeof given === 'string') return { fate: 'removed', column: given }
  return typeof given === 'function' ? given() : given
}
export function emptied(column: string, to: (id: string) => Emptiness): Fate {
  return { fate: 'emptied', column, to }
}
export function kept(because: string): Fate {
  return { fate: 'kept', because }
}
