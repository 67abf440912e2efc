import type { ProjectId, shellLimits } from '#lib/contract.ts'

interface OpenTerminal {
  id: string
  number: number
}

const most: (typeof shellLimits)['terminals'] = 4

/** Which terminals this tab of the browser has open in a project; a reload finds them again. */
export class OpenTerminals {
  items = $state.raw<OpenTerminal[]>([])
  shown = $state('')
  readonly full = $derived(this.items.length >= most)
  readonly #key: string

  constructor(project: ProjectId) {
    this.#key = `everjust:terminals:${project}`
    this.items = read(this.#key)
    this.shown = this.items[0]?.id ?? ''
    if (this.items.length === 0) this.add()
  }

  add(): void {
    const number = Math.max(0, ...this.items.map((item) => item.number)) + 1
    const id = crypto.randomUUID()
    this.#keep([...this.items, { id, number }])
    this.shown = id
  }

  remove(id: string): void {
    const at = this.items.findIndex((item) => item.id === id)
    this.#keep(this.items.filter((item) => item.id !== id))
    if (this.shown === id) this.shown = (this.items[at] ?? this.items.at(-1))?.id ?? ''
    if (this.items.length === 0) this.add()
  }

  /** Another shell in its place. */
  renew(id: string): void {
    const next = crypto.randomUUID()
    this.#keep(this.items.map((item) => (item.id === id ? { ...item, id: next } : item)))
    this.shown = next
  }

  #keep(items: OpenTerminal[]): void {
    this.items = items
    sessionStorage.setItem(this.#key, JSON.stringify(items))
  }
}

function read(key: string): OpenTerminal[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '[]') as OpenTerminal[]
    return kept.filter(({ id, number }) => typeof id === 'string' && typeof number === 'number').slice(0, most)
  } catch {
    return []
  }
}
