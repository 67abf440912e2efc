import type { ProjectId } from '#lib/contract.ts'
import type { Request } from './request.ts'

/** Something that was said and is not known to have arrived. */
export interface Unsent {
  /** By this the API knows it again, so that it is done once however often it is sent. */
  key: string
  request: Request
  /** Starts a run, or waits behind the one under way. */
  way: 'start' | 'wait'
}

/** The place of what somebody says to a project. */
export const boxOf = (project: ProjectId, person: string) => `${project}:${person}`

/** Kept in this browser by whose it is and where it was said. */
export function readUnsent(place: string): Unsent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(place)) ?? '[]')
    return Array.isArray(kept) ? (kept as Unsent[]) : []
  } catch {
    return []
  }
}

export function keepUnsent(place: string, items: readonly Unsent[]): void {
  if (items.length === 0) localStorage.removeItem(placeOf(place))
  else localStorage.setItem(placeOf(place), JSON.stringify(items))
}

export const placeOf = (place: string) => `everjust:unsent:${place}`
