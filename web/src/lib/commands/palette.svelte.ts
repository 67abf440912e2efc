import { Problem, type Api } from '#lib/api.ts'
import { paths, type Page, type Project, type ProjectId } from '#lib/contract.ts'
import { groups, type Command, type Commands } from './commands.svelte.ts'
import { match } from './match.ts'
import { ofChosen } from '#lib/teams/chosen.ts'
import { keepRecent, readRecent } from './recent.ts'

export type EntryGroup = Command['group'] | 'recent' | 'project'
export interface Entry {
  id: string
  title: string
  group: EntryGroup
  keys?: string | undefined
  /** Letters of the title that were asked for. */
  marks: readonly number[]
  score: number
  run: () => void
}

const mostRecent = 4
const mostProjects = 6

/** What the palette offers for what is typed: commands, and projects to go to. */
export class Palette {
  query = $state('')
  /** Which of the entries Enter does. */
  at = $state(0)
  readonly groups = $derived.by(() => this.#grouped())
  readonly entries = $derived(this.groups.flatMap(({ entries }) => entries))
  readonly active = $derived(this.entries[Math.min(this.at, this.entries.length - 1)])

  #projects = $state.raw<readonly Project[]>([])
  readonly #commands: Commands
  readonly #go: (project: ProjectId) => void
  readonly #recent = readRecent()

  constructor(commands: Commands, go: (project: ProjectId) => void) {
    this.#commands = commands
    this.#go = go
  }

  async loadProjects(api: Api): Promise<void> {
    const page = await api.get<Page<Project>>(ofChosen(`${paths.projects()}?limit=50`))
    if (!(page instanceof Problem)) this.#projects = page.items
  }

  move(by: number): void {
    const { length } = this.entries
    if (length > 0) this.at = (Math.min(this.at, length - 1) + by + length) % length
  }

  type(query: string): void {
    this.query = query
    this.at = 0
  }

  choose(entry: Entry): void {
    keepRecent(entry.id)
    entry.run()
  }

  #grouped(): { group: EntryGroup; entries: Entry[] }[] {
    const commands = this.#commands.all.filter(({ id }) => id !== 'palette')
    const all = [...commands.map(ofCommand), ...this.#projects.map((project) => this.#ofProject(project))]
    return this.query.trim() === '' ? this.#offered(all) : found(all, this.query)
  }

  /** Before anything is typed: what was done last comes first, then everything in its groups. */
  #offered(all: readonly Entry[]) {
    const recent = this.#recent
      .flatMap((id) => all.filter((entry) => entry.id === id))
      .slice(0, mostRecent)
      .map((entry): Entry => ({ ...entry, group: 'recent' }))
    const rest = all.filter(({ id }) => !recent.some((entry) => entry.id === id))
    return inGroups([...recent, ...rest], ['recent', ...groups, 'project'])
  }

  #ofProject({ id, name }: Project): Entry {
    return { id, title: name, group: 'project', marks: [], score: 0, run: () => this.#go(id) }
  }
}

function ofCommand({ id, title, group, keys, run }: Command): Entry {
  return { id, title: title(), group, keys, marks: [], score: 0, run }
}

/** What fits, the best first; a group stands where its best entry would. */
function found(all: readonly Entry[], query: string) {
  const fitting = all.flatMap((entry) => {
    const fit = match(query, entry.title)
    return fit ? [{ ...entry, ...fit }] : []
  })
  const best = fitting.toSorted((a, b) => b.score - a.score)
  return inGroups(best, [...new Set(best.map(({ group }) => group))])
}

function inGroups(entries: readonly Entry[], order: readonly EntryGroup[]) {
  return order.flatMap((group) => {
    const own = entries.filter((entry) => entry.group === group)
    const shown = group === 'project' ? own.slice(0, mostProjects) : own
    return shown.length > 0 ? [{ group, entries: shown }] : []
  })
}
