import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { packed } from './packed.ts'

/** Serves the files of a built site as a content network does: compressed, with entity tags, assets for ever. */
export function siteFiles(folder: string, headersOf: (path: string) => Record<string, string>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = pathOf(request.url ?? '/')
    const file = await find(folder, asked)
    if (!file || !['GET', 'HEAD'].includes(request.method ?? '')) {
      response.writeHead(file ? 405 : 404).end()
      return
    }
    const headers = { ...headersOf(asked), ...cachingOf(asked), etag: file.etag, 'content-type': typeOf(file.path) }
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, headers).end()
      return
    }
    const { body, encoding } = await packed(file, String(request.headers['accept-encoding'] ?? ''))
    response.writeHead(200, {
      ...headers,
      ...(encoding && { 'content-encoding': encoding }),
      'content-length': body.length,
      vary: 'accept-encoding',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

function pathOf(url: string): string {
  try {
    return normalize(decodeURIComponent(new URL(url, 'http://site').pathname))
  } catch {
    return '/'
  }
}

/** What lies below these is there or not; every other path is an address within the site, shown by its start page. */
const filesOnly = /^\/(_app|showcase)\//

async function find(folder: string, asked: string) {
  // Looked up anew each time: a site that is built again meanwhile must neither end this program nor stay unseen.
  const path = join(folder, asked)
  const candidates = [path, join(path, 'index.html'), ...(filesOnly.test(asked) ? [] : [join(folder, 'index.html')])]
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => undefined)
    if (found?.isFile()) return { path: candidate, etag: `W/"${found.size}-${Math.round(found.mtimeMs)}"` }
  }
  return undefined
}

const cachingOf = (path: string) => ({
  'cache-control': path.startsWith('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
})

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const typeOf = (path: string) => types[extname(path)] ?? 'application/octet-stream'
