import { Problem, type Api } from '#lib/api.ts'
import type { Attachment, GenerationMode, mostAttachments, ProjectId } from '#lib/contract.ts'
import { readDraft } from '#lib/draft.ts'
import { m } from '#lib/messages.ts'
import { chipOf, type Chip } from './chips.ts'
import { upload } from './images.ts'
import type { Request } from './request.ts'

const most: typeof mostAttachments = 8
const kept = { model: 'everjust:model:', mayFallBack: 'everjust:may-fall-back' }

/** What somebody is about to ask for. */
export class Wish {
  text = $state('')
  mode = $state<GenerationMode>('build')
  /** The model that was chosen for this project; empty leaves it to the project and its organization. */
  model = $state('')
  mayFallBack = $state(localStorage.getItem(kept.mayFallBack) === '1')
  /** Dollars at which the run stops; empty means at its price. */
  limit = $state('')
  chips = $state.raw<Chip[]>([])
  readonly uploading = $derived(this.chips.some(({ attachment }) => attachment === null))
  readonly limitMicros = $derived(microsOf(this.limit))

  readonly #api: Api
  readonly #project: ProjectId
  #made = 0

  constructor(api: Api, project: ProjectId) {
    this.#api = api
    this.#project = project
    this.text = readDraft(project)
    this.model = localStorage.getItem(kept.model + project) ?? ''
  }

  /** The request with these words. */
  request(prompt: string): Request {
    const { mode } = this
    const attachments = this.chips.flatMap(({ attachment }) => attachment ?? [])
    return { ...this.choices(), ...this.ownLimit(), prompt, mode, attachments }
  }

  /** What holds for every request until it is chosen otherwise. */
  choices(): Pick<Request, 'model' | 'mayFallBack'> {
    return { mayFallBack: this.mayFallBack, ...(this.model && { model: this.model }) }
  }

  /** Where the next run stops, however it starts; nothing when that is left to its price. */
  ownLimit(): Pick<Request, 'atMostMicros'> {
    return this.limitMicros ? { atMostMicros: this.limitMicros } : {}
  }

  /** Once it was sent: words and attachments go, the choices stay. */
  clear(): void {
    for (const { picture } of this.chips) if (picture) URL.revokeObjectURL(picture)
    this.chips = []
    this.text = ''
    this.limit = ''
  }

  /** What was said and not taken comes back, before what was typed since. */
  giveBack({ prompt, mode = 'build', attachments = [], atMostMicros }: Request): void {
    this.text = [prompt, this.text].filter((text) => text.trim() !== '').join('\n\n')
    this.mode = mode
    for (const attachment of attachments) this.attach(attachment)
    if (atMostMicros) this.limit = String(atMostMicros / 1_000_000)
  }

  keepChoices(): void {
    localStorage.setItem(kept.model + this.#project, this.model)
    localStorage.setItem(kept.mayFallBack, this.mayFallBack ? '1' : '0')
  }

  /** False when there is no room for another. */
  attach(attachment: Attachment): boolean {
    if (this.chips.length >= most) return false
    this.chips = [...this.chips, chipOf(attachment, this.#key())]
    return true
  }

  /** Attaches an error, with words that ask for its fix where none stand yet. */
  askToFix(error: Attachment): void {
    if (!this.attach(error) || this.text.trim()) return
    this.mode = 'build'
    this.text = m.ask_fix()
  }

  async attachImage(file: File): Promise<Problem | undefined> {
    if (this.chips.length >= most) {
      return new Problem('invalid_request', m.ask_most_things({ count: most }), m.ask_remove_first())
    }
    const chip = { key: this.#key(), label: file.name, attachment: null, picture: URL.createObjectURL(file), share: 0 }
    this.chips = [...this.chips, chip]
    const onProgress = (share: number) => this.#change(chip.key, { share })
    const image = await upload({ api: this.#api, project: this.#project, file, onProgress })
    if (image instanceof Problem) {
      this.remove(chip.key)
      return image
    }
    this.#change(chip.key, { attachment: { kind: 'image', imageId: image.id }, share: 1 })
    return undefined
  }

  remove(key: string): void {
    const gone = this.chips.find((chip) => chip.key === key)
    if (gone?.picture) URL.revokeObjectURL(gone.picture)
    this.chips = this.chips.filter((chip) => chip.key !== key)
  }

  #change(key: string, change: Partial<Chip>): void {
    this.chips = this.chips.map((chip) => (chip.key === key ? { ...chip, ...change } : chip))
  }

  #key(): string {
    return `chip-${++this.#made}`
  }
}

/** Dollars as somebody types them, in millionths; null when they are none. */
function microsOf(dollars: string): number | null {
  const amount = Number(dollars.replace(',', '.').replace('$', '').trim())
  return Number.isFinite(amount) && amount > 0 ? Math.round(amount * 1_000_000) : null
}
