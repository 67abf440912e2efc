import type { GenerationId } from './contract.ts'

export const stageTabs = ['preview', 'code', 'versions', 'terminal', 'settings'] as const
export type StageTab = (typeof stageTabs)[number]
export const conversationWidth = { least: 360, most: 480, usual: 408 } as const

const key = 'everjust:panes'

/** Which panes are open and how wide, kept in this browser. */
export class Panes {
  tab = $state<StageTab>('preview')
  /** On a phone one pane shows at a time. */
  front = $state<'conversation' | 'stage'>('conversation')
  width = $state<number>(conversationWidth.usual)
  wide = $state(false)
  /** Whether the preview is as narrow as a phone, and how often it was loaded anew. */
  narrow = $state(false)
  reloads = $state(0)
  /** The request whose making is shown step by step. */
  recording = $state.raw<GenerationId | null>(null)

  constructor() {
    const kept = read()
    this.tab = stageTabs.find((tab) => tab === kept.tab) ?? 'preview'
    this.wide = kept.wide === true
    this.resize(Number(kept.width ?? conversationWidth.usual))
  }

  open(tab: StageTab): void {
    this.tab = tab
    this.front = 'stage'
    this.#keep()
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
