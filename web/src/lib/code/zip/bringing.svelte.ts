import { Problem } from '#lib/api.ts'
import { m } from '#lib/messages.ts'
import type { Brought } from './brought.ts'
import { fromChosen, fromEntries } from './folder-import.ts'
import type { HeldOut } from './held-out.ts'

/** Files on their way into a project, from the hand that holds them out to the last one that has arrived. */
export class Bringing {
  /** Of the zip or folder they come from. */
  name = $state('')
  brought = $state.raw<Brought | null>(null)
  problem = $state.raw<Problem | null>(null)
  reading = $state(false)
  progress = $state.raw<{ done: number; of: number } | null>(null)
  readonly ready = $derived((this.brought?.files.length ?? 0) > 0 && !this.progress)

  async read(held: HeldOut): Promise<void> {
    const name = nameOf(held)
    if (name === undefined) return
    this.name = name
    this.problem = null
    this.reading = true
    this.brought = await ('entries' in held ? fromEntries(held.entries) : fromChosen(held.files)).catch(() => null)
    this.reading = false
    if (!this.brought)
      this.problem = new Problem('invalid_request', m.code_import_unreadable(), m.code_import_unreadable_next())
  }

  readonly onprogress = (done: number, of: number) => (this.progress = { done, of })
}

function nameOf(held: HeldOut): string | undefined {
  if ('entries' in held) return held.entries[0]?.name
  const [first] = held.files
  return first && (first.webkitRelativePath.split('/')[0] || first.name)
}
