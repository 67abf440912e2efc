import { inflateSync } from 'fflate'
import { take, type Brought } from './brought.ts'
import { entriesOf, type ZipEntry } from './zip-directory.ts'

/**
 * What is in a zip; null when it is none. Only what is taken is unpacked, each into as many bytes as its size says and no
 * more: a zip that says little and holds much fails there.
 */
export async function fromZip(file: Blob): Promise<Brought | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const entries = read(bytes)
  if (!entries) return null
  return take(
    entries.map((entry) => ({
      path: entry.name,
      size: entry.size,
      mode: entry.isProgram ? '100755' : '100644',
      isLink: entry.isLink,
      bytes: async () => unpacked(entry),
    })),
  )
}

function read(zip: Uint8Array<ArrayBuffer>): ZipEntry[] | null {
  try {
    return entriesOf(zip)
  } catch {
    return null
  }
}

const unpacked = (entry: ZipEntry): Uint8Array<ArrayBuffer> =>
  entry.isPacked ? inflateSync(entry.content(), { out: new Uint8Array(entry.size) }) : entry.content()
