import type { Place } from './place.ts'

export interface Row {
  /** The least role of a member; `person` is anybody who signed in, `nobody` also who did not, `operator` no member's. */
  least: 'operator' | 'owner' | 'admin' | 'editor' | 'viewer' | 'person' | 'nobody' | 'run'
  /** Whether a member who does the billing may do it, beyond what a viewer may. */
  billing?: true
  /** Whether the runner of the project may do it too. */
  run?: true
  /** Whether the person must have signed in just now, so that no key may do it. */
  fresh?: true
  /** Whether only the person themselves may do it, and no key of theirs. */
  themselves?: true
  /** It is about a thing of somebody else's, who is not in the table: whoever is let in finds nothing. */
  ofAnother?: true
  /** The plan of the team does not have it: whoever is let in is told so. */
  unpaid?: true
  /** Whoever is let in finds nothing there, unless they are a guest of the project. */
  ofGuests?: true
  path(place: Place): string
  body?(place: Place): unknown
  /** What is put right when somebody did it. */
  afterwards?(): Promise<void>
}

/** By method, function and route, as the tables of the functions name them. */
export type Rows = Record<string, Row>

/** A path below the place's project. */
export const at = (rest: string) => (place: Place) =>
  `/projects/${place.project}${rest.replaceAll(':v', place.version).replaceAll(':g', place.generation)}`
