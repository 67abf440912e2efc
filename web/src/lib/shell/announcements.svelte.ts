import { Api, Problem } from '#lib/api.ts'
import { paths, type Announcement, type Announcements as Told } from '#lib/contract.ts'
import { getLocale } from '#lib/messages.ts'

const place = 'everjust:read-announcements'
const oftenMs = 5 * 60_000

/** What those who run the installation tell everybody. What was read is known to this browser alone. */
export class Announcements {
  #told = $state.raw<readonly Announcement[]>([])
  #hidden = $state.raw<readonly string[]>(read())
  readonly shown = $derived(this.#told.filter(({ id }) => !this.#hidden.includes(id)))
  #askedAt = 0

  /** Asked anew by whoever looks at the page again after a while. */
  async look(): Promise<void> {
    if (document.hidden || Date.now() - this.#askedAt < oftenMs) return
    this.#askedAt = Date.now()
    const answer = await new Api().get<Told>(paths.announcements())
    if (!(answer instanceof Problem)) this.#told = answer.items
  }

  /** What need not be seen again is kept hidden; the rest until the page is opened anew. */
  hide({ id, dismissible }: Announcement): void {
    this.#hidden = [...this.#hidden, id]
    if (dismissible) localStorage.setItem(place, JSON.stringify([...read(), id].slice(-50)))
  }
}

export const wordsOf = ({ words }: Announcement): string => (getLocale() === 'de' && words.de) || words.en

function read(): string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
  return Array.isArray(kept) ? kept.map(String) : []
}
