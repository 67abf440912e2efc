// Serves the site as it stands and tells open pages when a file was saved.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { belongsToSite, root } from './site.js'
import { watchSite } from './watch.js'

const port = Number(process.env.PORT ?? 5173)
const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
// What pages are given while developing and builds are not.
const own = new Map([
  ['@client.js', 'client.js'],
  ['@everjust/preview-errors.js', 'preview-errors.js'],
  ['@everjust/preview-pick.js', 'preview-pick.js'],
])
const pages = new Set()

const server = createServer(async (request, response) => {
  const path = pathOf(request.url)
  if (path === '@live') return listen(response)
  if (own.has(path)) return send(response, await readFile(new URL(own.get(path), import.meta.url)), '.js')
  if (path === undefined || !belongsToSite(path)) return missing(response)
  const found = await firstOf([path, `${path}.html`, join(path, 'index.html')])
  return found === undefined ? missing(response) : send(response, found.bytes, extname(found.path))
})

server.listen(port, process.env.HOST ?? '0.0.0.0', () => console.log(`ready on http://localhost:${port}/`))

watchSite((paths) => pages.forEach((page) => page.write(`data: ${JSON.stringify(paths)}\n\n`)))

function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://site').pathname).slice(1)
    return path.split('/').includes('..') ? undefined : path === '' ? 'index.html' : path
  } catch {
    return undefined
  }
}

async function firstOf(paths) {
  for (const path of paths) {
    const bytes = await readFile(join(root, path)).catch(() => undefined)
    if (bytes !== undefined) return { path, bytes }
  }
  return undefined
}

function send(response, bytes, extension) {
  response.writeHead(200, {
    'content-type': types[extension] ?? 'application/octet-stream',
    'cache-control': 'no-store',
  })
  response.end(extension === '.html' ? withClient(bytes.toString('utf8')) : bytes)
}

// First of all scripts, so that they see what fails in the others; after the doctype, without which pages look different.
function withClient(page) {
  const preview =
    '<script src="/@everjust/preview-errors.js"></script><script src="/@everjust/preview-pick.js"></script>'
  const client = '<script type="module" src="/@client.js"></script>'
  const start = /<head\b[^>]*>/i.exec(page) ?? /<html\b[^>]*>/i.exec(page) ?? /<!doctype[^>]*>/i.exec(page)
  const at = start === null ? 0 : start.index + start[0].length
  return page.slice(0, at) + preview + client + page.slice(at)
}

function listen(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': open\n\n')
  pages.add(response)
  response.on('close', () => pages.delete(response))
}

function missing(response) {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
  response.end('There is no such file in this site.\n')
}
