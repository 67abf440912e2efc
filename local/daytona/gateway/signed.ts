import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Signed = { readonly box: string; readonly port: number; readonly until: number }

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 16

/** Preview addresses that were signed: each opens one port of one sandbox until its time is over. They survive a restart. */
export class SignedPreviews {
  readonly #file: string
  readonly #signed: Map<string, Signed>

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'previews.json')
    const kept = existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, 'utf8')) as [string, Signed][]) : []
    this.#signed = new Map(kept)
  }

  /** A new token; valid for so many seconds. */
  open(box: string, port: number, seconds: number): string {
    const token = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
    this.#signed.set(token, { box, port, until: Date.now() + seconds * 1000 })
    this.#save()
    return token
  }

  find(token: string): Signed | undefined {
    const signed = this.#signed.get(token)
    return signed && signed.until > Date.now() ? signed : undefined
  }

  expire(box: string, token: string): void {
    if (this.#signed.get(token)?.box !== box) return
    this.#signed.delete(token)
    this.#save()
  }

  #save(): void {
    for (const [token, { until }] of this.#signed) if (until <= Date.now()) this.#signed.delete(token)
    writeFileSync(`${this.#file}.new`, JSON.stringify([...this.#signed]), { mode: 0o600 })
    renameSync(`${this.#file}.new`, this.#file)
  }
}
