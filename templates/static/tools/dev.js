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
const pages = new Set()

const server = createServer(async (request, response) => {
  const path = pathOf(request.url)
  if (path === '@live') return listen(response)
  if (path === '@client.js') return send(response, await readFile(new URL('client.js', import.meta.url)), '.js')
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

// Without </body> the client goes at the end: browsers accept a script there too.
function withClient(page) {
  const client = '<script type="module" src="/@client.js"></script>'
  const end = page.lastIndexOf('</body>')
  return end === -1 ? page + client : page.slice(0, end) + client + page.slice(end)
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
