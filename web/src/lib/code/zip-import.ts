import { unzipSync } from 'fflate'
import { take, type Brought, type Offered } from './brought.ts'

/**
 * What is in a zip. Only what is taken is unpacked, each into as many bytes as its size says and no more: a zip that
 * says little and holds much fails there.
 */
export async function fromZip(file: Blob): Promise<Brought | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const offered: Offered[] = []
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('/'))
          offered.push({ path: name, size: originalSize, bytes: async () => unpacked(bytes, name) })
        return false
      },
    })
  } catch {
    return null
  }
  return take(offered)
}

function unpacked(zip: Uint8Array, name: string): Uint8Array<ArrayBuffer> | null {
  const found = unzipSync(zip, { filter: (entry) => entry.name === name })[name]
  return found ? new Uint8Array(found) : null
}
