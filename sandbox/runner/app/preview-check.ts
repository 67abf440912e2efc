import { leastEntropy } from '../../browser/entropy.ts'
import type { Ran } from '../../tools/wire.ts'
import type { DevServer } from './dev-server.ts'
import type { Eye } from './eye.ts'

/** What the preview came to: what its server says, and what a browser saw, when there is one. */
export interface PreviewCheck {
  server: Ran
  page: Ran | undefined
  console: Ran | undefined
  /** A WebP image. */
  picture: Buffer | null
}

const complaint = /\berror\b|failed to resolve|cannot find/i

/** Asks the dev server for the first page, then has a browser look at it. */
export async function checkPreview(dev: DevServer, eye: Eye): Promise<PreviewCheck> {
  const server = await askServer(dev)
  const unseen = { server, page: undefined, console: undefined, picture: null }
  if (!server.ok) return unseen
  const started = performance.now()
  const glance = await eye.look()
  const ms = Math.round(performance.now() - started)
  if (!glance) return unseen
  if ('hung' in glance) return { ...unseen, page: { ran: true, ok: false, output: glance.hung, ms } }
  const { entropy, errors, failed, picture } = glance.sight
  const isBlank = entropy < leastEntropy
  const complaints = [...errors, ...failed].join('\n')
  return {
    server,
    page: { ran: true, ok: !isBlank, output: isBlank ? 'The page is blank: nothing is to be seen at /.' : '', ms },
    console: { ran: true, ok: complaints === '', output: complaints, ms: 0 },
    picture: picture === null ? null : Buffer.from(picture, 'base64'),
  }
}

async function askServer(dev: DevServer): Promise<Ran> {
  const started = performance.now()
  const from = dev.logSize()
  const broken = await dev.start().then(
    () => brokenPages(dev),
    (error: unknown) => [String(error)],
  )
  const log = dev.logSince(from).split('\n')
  const said = log.some((line) => complaint.test(line)) ? log : []
  const output = [...broken, ...said].join('\n').trim()
  return { ran: true, ok: output === '', output, ms: Math.round(performance.now() - started) }
}

// The first page and the modules it begins with.
async function brokenPages(dev: DevServer): Promise<string[]> {
  const first = await dev.page('/')
  const modules = (first?.text ?? '').matchAll(/<script[^>]*\stype="module"[^>]*\ssrc="([^":]+)"/g)
  const paths = Array.from(modules, ([, path]) => new URL(path ?? '/', 'http://app/').pathname)
  const pages = await Promise.all(paths.map(async (path) => [path, await dev.page(path)] as const))
  return [['/', first] as const, ...pages].flatMap(([path, page]) =>
    page && page.status < 400 ? [] : [`${path} answers ${page ? page.status : 'nothing'}.`],
  )
}
