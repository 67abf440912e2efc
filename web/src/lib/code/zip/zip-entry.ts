import { ZipDeflate, ZipPassThrough, type Zip } from 'fflate'
import type { FileEntry } from '#lib/contract.ts'

/** These are packed already. */
const packed = /\.(?:png|jpe?g|gif|webp|woff2?|zip|gz|mp[34])$/i

/** Puts a file into a zip, and what it may, as Unix has it: a program stays one. */
export function pack(zip: Zip, { path, mode }: Pick<FileEntry, 'path' | 'mode'>, bytes: Uint8Array<ArrayBuffer>): void {
  const entry = packed.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
  entry.os = 3
  entry.attrs = Number.parseInt(mode, 8) << 16
  zip.add(entry)
  entry.push(bytes, true)
}
