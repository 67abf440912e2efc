import { existsSync } from 'node:fs'
import { Server, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { scriptPath } from './page-script.ts'
import { files, page } from './static.ts'
import { ofOld } from './vite-plugins.ts'

// Loaded before the server of a static site, which is part of the project: one that is older than the preview's script
// serves its pages as a newer one does. One that does so by itself is left alone.
const own: Record<string, () => string> = { ...files, ...Object.fromEntries(ofOld.map((path) => [path, () => ''])) }
const emit = Reflect.get(Server.prototype, 'emit') as (this: Server, event: string, ...given: unknown[]) => boolean

Reflect.set(Server.prototype, 'emit', function (this: Server, event: string, ...given: unknown[]): boolean {
  if (event !== 'request') return emit.call(this, event, ...given)
  const [request, response] = given as [IncomingMessage, ServerResponse]
  const path = URL.parse(request.url ?? '/', 'http://site')?.pathname ?? '/'
  if (!Object.hasOwn(own, path)) {
    giveScript(response, path)
    return emit.call(this, event, ...given)
  }
  response.setHeader('content-type', 'text/javascript; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.end(own[path]?.())
  return true
})

/** A page that is sent at once, as these servers send it, gets the script and the place of each element. */
function giveScript(response: ServerResponse, path: string): void {
  const { writeHead, end } = response as unknown as Record<string, (...given: unknown[]) => unknown>
  let isPage = false
  const head = (...given: unknown[]) => {
    const headers = given.at(-1) as OutgoingHttpHeaders | undefined
    isPage = String(headers?.['content-type']).startsWith('text/html')
    return writeHead?.apply(response, given)
  }
  const last = (body?: unknown) => {
    const text = isPage && (typeof body === 'string' || Buffer.isBuffer(body)) ? body.toString() : ''
    return end?.call(response, text && !text.includes(scriptPath) ? page(text, fileOf(path)) : body)
  }
  Object.assign(response, { writeHead: head, end: last })
}

function fileOf(path: string): string {
  const name = decodeURIComponent(path).slice(1)
  if (name === '' || name.endsWith('/')) return `${name}index.html`
  return [name, `${name}.html`].find((one) => existsSync(one) && one.endsWith('.html')) ?? join(name, 'index.html')
}
