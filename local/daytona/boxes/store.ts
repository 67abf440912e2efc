import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../http/refusal.ts'
import type { Box } from './box.ts'

/** All sandboxes, each with a folder of its own: `sandbox.json` beside the files that its programs see. */
export class BoxStore {
  readonly #folder: string
  readonly #boxes = new Map<string, Box>()

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'sandboxes')
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    for (const id of readdirSync(this.#folder)) {
      const file = this.#file(id)
      if (!existsSync(file)) continue
      const box = JSON.parse(readFileSync(file, 'utf8')) as Box
      this.#boxes.set(box.id, box)
    }
  }

  all(): Box[] {
    return [...this.#boxes.values()]
  }

  /** By id or by name; a sandbox that is not there is refused with 404. */
  find(idOrName: string): Box {
    const box = this.#boxes.get(idOrName) ?? this.all().find((candidate) => candidate.name === idOrName)
    if (!box) throw new Refusal(404, `Sandbox with ID or name ${idOrName} not found`)
    return box
  }

  has(idOrName: string): boolean {
    return this.#boxes.has(idOrName) || this.all().some((box) => box.name === idOrName)
  }

  /** Keeps a sandbox as it is now; a crash leaves the old file or the new one, never half of one. */
  save(box: Box): void {
    const file = this.#file(box.id)
    this.#boxes.set(box.id, box)
    mkdirSync(this.folderOf(box), { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.new`, JSON.stringify(box, null, 2), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }

  forget(box: Box): void {
    this.#boxes.delete(box.id)
  }

  folderOf(box: Box): string {
    return join(this.#folder, box.id)
  }

  /** The smallest number that no sandbox has. */
  freeSlot(): number {
    const taken = new Set(this.all().map((box) => box.slot))
    let slot = 1
    while (taken.has(slot)) slot += 1
    return slot
  }

  #file(id: string): string {
    return join(this.#folder, id, 'sandbox.json')
  }
}
