import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressible = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.txt', '.svg', '.wasm'])
/** Less than this goes into one packet as it is. */
const worthwhile = 1_000

/** A file, and the tag of the state it is in. */
interface SiteFile {
  path: string
  etag: string
}

interface Packed {
  body: Buffer
  encoding?: 'br' | 'gzip'
}

const kept = new Map<string, { etag: string; packed: Promise<Packed> }>()

/** A file's bytes, compressed as the caller understands it; done once for each state of the file. */
export function packed({ path, etag }: SiteFile, accepts: string): Promise<Packed> {
  const encoding = compressible.has(extname(path))
    ? (['br', 'gzip'] as const).find((one) => accepts.includes(one))
    : undefined
  if (!encoding) return readFile(path).then((body) => ({ body }))
  const key = `${encoding} ${path}`
  const known = kept.get(key)
  if (known?.etag === etag) return known.packed
  const fresh = compress(path, encoding)
  kept.set(key, { etag, packed: fresh })
  fresh.catch(() => kept.delete(key))
  return fresh
}

async function compress(path: string, encoding: 'br' | 'gzip'): Promise<Packed> {
  const body = await readFile(path)
  if (body.length < worthwhile) return { body }
  return { body: await compressors[encoding](body), encoding }
}

// As content networks choose it for what they compress while they serve it.
const compressors = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: promisify<Buffer, Buffer>(gzip),
}
