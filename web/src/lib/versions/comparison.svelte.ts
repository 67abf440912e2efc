import type { Version } from '#lib/contract.ts'

export const filters = ['all', 'green', 'named', 'edit'] as const
export type Filter = (typeof filters)[number]

const fits: Record<Filter, (version: Version) => boolean> = {
  all: () => true,
  green: ({ green }) => green === true,
  named: ({ name }) => name !== null,
  edit: ({ source }) => source === 'edit' || source === 'import',
}

/** Which versions are looked at, and which two are held against each other. */
export class Comparison {
  filter = $state<Filter>('all')
  chosen = $state.raw<readonly Version[]>([])
  /** The older one first, once there are two. */
  readonly pair = $derived.by(() => {
    const [older, newer] = this.chosen.toSorted((a, b) => a.number - b.number)
    return older && newer ? { older, newer } : null
  })

  shown(versions: readonly Version[]): readonly Version[] {
    return versions.filter(fits[this.filter])
  }

  has(version: Version): boolean {
    return this.chosen.some(({ id }) => id === version.id)
  }

  /** A third one takes the place of the first that was chosen. */
  toggle(version: Version): void {
    if (this.has(version)) this.chosen = this.chosen.filter(({ id }) => id !== version.id)
    else this.chosen = [...this.chosen.slice(-1), version]
  }

  leave(): void {
    this.chosen = []
  }
}
