import type { GenerationId, ProjectId, VersionId } from './contract.ts'

export const stageTabs = ['preview', 'code', 'versions', 'console', 'settings'] as const
export type StageTab = (typeof stageTabs)[number]
export const conversationWidth = { least: 360, most: 480, usual: 408 } as const

const key = 'everjust:panes'
/** Names the project whose stage a phone showed last: a reload goes on there, another project begins with its conversation. */
const frontKey = 'everjust:front'

/** Which panes of a project are open and how wide, kept in this browser. */
export class Panes {
  tab = $state<StageTab>('preview')
  /** Those that can be opened here. */
  tabs = $state.raw<readonly StageTab[]>(stageTabs)
  /** On a phone one pane shows at a time. */
  front = $state<'conversation' | 'stage'>('conversation')
  width = $state<number>(conversationWidth.usual)
  wide = $state(false)
  /** How often the preview was loaded anew. */
  reloads = $state(0)
  /** A place of the code that somebody wants to see; the Code tab shows it, and forgets it. */
  wanted = $state.raw<{ path: string; line: number } | null>(null)
  /** The request whose making is shown step by step. */
  recording = $state.raw<GenerationId | null>(null)
  /** The version that is to be brought into sight; a new object each time. */
  version = $state.raw<{ id: VersionId } | null>(null)

  readonly #project: ProjectId

  constructor(project: ProjectId) {
    this.#project = project
    const kept = read()
    const linked = /[?&]settings=/.test(location.search)
    this.tab = linked ? 'settings' : (stageTabs.find((tab) => tab === kept.tab) ?? 'preview')
    if (linked || sessionStorage.getItem(frontKey) === project) this.front = 'stage'
    this.wide = kept.wide === true
    this.resize(Number(kept.width ?? conversationWidth.usual))
  }

  open(tab: StageTab): void {
    this.tab = tab
    this.front = 'stage'
    this.#keep()
  }

  /** Leaves out what is of no use here. */
  offer(tabs: readonly StageTab[]): void {
    this.tabs = tabs
    if (!tabs.includes(this.tab)) this.tab = 'preview'
  }

  /** Shows a place such as `src/App.tsx:12:5` in the Code tab. */
  showCode(place: string): void {
    const [, path = place, line = '1'] = /^(.*?):(\d+)(?::\d+)?$/.exec(place) ?? []
    this.wanted = { path, line: Number(line) }
    this.open('code')
  }

  showVersion(id: VersionId): void {
    this.version = { id }
    this.open('versions')
  }

  /** Brings the conversation to where it can be seen and typed into. */
  showConversation(): void {
    this.wide = false
    this.front = 'conversation'
    this.#keep()
  }

  resize(width: number): void {
    const { least, most, usual } = conversationWidth
    this.width = Number.isFinite(width) ? Math.round(Math.min(most, Math.max(least, width))) : usual
    this.#keep()
  }

  toggleWide(): void {
    this.wide = !this.wide
    this.#keep()
  }

  #keep(): void {
    if (this.front === 'stage') sessionStorage.setItem(frontKey, this.#project)
    else sessionStorage.removeItem(frontKey)
    localStorage.setItem(key, JSON.stringify({ tab: this.tab, width: this.width, wide: this.wide }))
  }
}

function read(): { tab?: unknown; width?: unknown; wide?: unknown } {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as object
  } catch {
    return {}
  }
}
