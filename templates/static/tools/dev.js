// Serves the site as it stands and tells open pages when a file was saved.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
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
// What a preview gives its pages and serves beside them, where there is one around.
const around = process.env.EVERJUST_PREVIEW
const preview = around
  ? await import(pathToFileURL(`${around}/preview-static.js`))
  : { files: {}, page: (html) => html }
const pages = new Set()

const server = createServer(async (request, response) => {
  const path = pathOf(request.url)
  if (path === '@live') return listen(response)
  if (path === '@client.js') return send(response, await readFile(new URL('client.js', import.meta.url)), '.js')
  if (Object.hasOwn(preview.files, `/${path}`)) return send(response, preview.files[`/${path}`](), '.js')
  if (path === undefined || !belongsToSite(path)) return missing(response)
  const found = await firstOf([path, `${path}.html`, join(path, 'index.html')])
  return found === undefined ? missing(response) : send(response, shown(found), extname(found.path))
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

function shown({ path, bytes }) {
  return extname(path) === '.html' ? withClient(preview.page(bytes.toString('utf8'), path)) : bytes
}

function send(response, body, extension) {
  response.writeHead(200, {
    'content-type': types[extension] ?? 'application/octet-stream',
    'cache-control': 'no-store',
  })
  response.end(body)
}

// After the doctype, without which pages look different.
function withClient(page) {
  const client = '<script type="module" src="/@client.js"></script>'
  const start = /<head\b[^>]*>/i.exec(page) ?? /<html\b[^>]*>/i.exec(page) ?? /<!doctype[^>]*>/i.exec(page)
  const at = start === null ? 0 : start.index + start[0].length
  return page.slice(0, at) + client + page.slice(at)
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
