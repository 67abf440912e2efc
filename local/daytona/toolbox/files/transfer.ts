import { randomUUID } from 'node:crypto'
import { closeSync, createReadStream, fstatSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { textList } from '../../http/fields.ts'
import { messageOf, Refusal } from '../../http/refusal.ts'
import { readBody, type Call, type Route } from '../../http/router.ts'
import type { Settings } from '../settings.ts'
import { locate } from './locate.ts'
import { parseMultipart } from './multipart.ts'
import { openFile } from './open.ts'

const MAX_UPLOAD = 256 * 1024 * 1024

/** Files in and out, one or many at a time. */
export function transferRoutes(settings: Settings): Route[] {
  return [
    { method: 'POST', path: '/files/bulk-upload', run: (call) => uploadMany(settings, call) },
    { method: 'POST', path: '/files/upload', run: (call) => uploadOne(settings, call) },
    { method: 'POST', path: '/files/upload-v2', run: (call) => uploadOne(settings, call) },
    { method: 'POST', path: '/files/bulk-download', run: (call) => downloadMany(settings, call) },
    { method: 'GET', path: '/files/download', run: (call) => downloadOne(settings, call) },
  ]
}

/** Parts come as `files[i].path` then `files[i].file`; the file name of a part is not the destination. */
async function uploadMany(settings: Settings, { request }: Call) {
  const parts = parseMultipart(await readBody(request, MAX_UPLOAD), request.headers['content-type'])
  const destinations = new Map<string, string>()
  const files: { path: string; bytes: number }[] = []
  const errors: string[] = []
  for (const { name, content } of parts) {
    const [, index, kind] = /^files\[(\d+)\]\.(path|file)$/.exec(name) ?? []
    if (index === undefined) continue
    if (kind === 'path') {
      destinations.set(index, content.toString('utf8'))
      continue
    }
    const path = destinations.get(index)
    if (path === undefined) throw new Refusal(400, `files[${index}].path must come before its file`)
    const failure = store(settings, path, content)
    if (failure === undefined) files.push({ path, bytes: content.length })
    else errors.push(`${path}: ${failure}`)
  }
  if (errors.length > 0) return { status: 400, body: { message: errors.join('; '), statusCode: 400, errors } }
  return { status: 200, body: { files } }
}

async function uploadOne(settings: Settings, { request, query }: Call) {
  const body = await readBody(request, MAX_UPLOAD)
  const type = request.headers['content-type']
  const content = type?.startsWith('multipart/')
    ? parseMultipart(body, type).find((part) => part.name === 'file')?.content
    : body
  const path = query.get('path') ?? ''
  const failure = content ? store(settings, path, content) : 'no part named "file"'
  if (failure !== undefined) throw new Refusal(400, failure)
  return { status: 200, body: { path, bytes: content?.length ?? 0 } }
}

function store(settings: Settings, path: string, content: Buffer): string | undefined {
  try {
    const fd = openFile(locate(settings, path, 'write'), 'write')
    try {
      writeFileSync(fd, content)
    } finally {
      closeSync(fd)
    }
    return undefined
  } catch (thrown) {
    return messageOf(thrown)
  }
}

async function downloadMany(settings: Settings, call: Call): Promise<void> {
  const paths = textList(await call.fields(), 'paths')
  const boundary = `toolbox-${randomUUID()}`
  call.response.writeHead(200, { 'content-type': `multipart/form-data; boundary=${boundary}` })
  for (const path of paths) {
    call.response.write(`--${boundary}\r\n`)
    await writePart(settings, path, call.response)
    call.response.write('\r\n')
  }
  call.response.end(`--${boundary}--\r\n`)
}

async function writePart(settings: Settings, path: string, response: ServerResponse): Promise<void> {
  const names = `filename="${path.replace(/["\r\n]/g, '_')}"; filename*=utf-8''${encodeURIComponent(path)}`
  const disposition = (name: string) => `Content-Disposition: form-data; name="${name}"; ${names}\r\n`
  let fd: number
  try {
    fd = openFile(locate(settings, path, 'read'), 'read')
  } catch (thrown) {
    const status = thrown instanceof Refusal ? thrown.status : 500
    const code = thrown instanceof Refusal ? thrown.code : undefined
    const problem = { message: messageOf(thrown), statusCode: status, code, source: 'DAYTONA_DAEMON' }
    response.write(`${disposition('error')}Content-Type: application/json\r\n\r\n${JSON.stringify(problem)}`)
    return
  }
  const { size } = fstatSync(fd)
  response.write(`${disposition('file')}Content-Length: ${size}\r\nContent-Type: application/octet-stream\r\n\r\n`)
  if (size === 0) closeSync(fd)
  else await pipeline(createReadStream('', { fd, end: size - 1 }), response, { end: false })
}

async function downloadOne(settings: Settings, { query, response }: Call): Promise<void> {
  const path = query.get('path') ?? ''
  const fd = openFile(locate(settings, path, 'read'), 'read')
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=utf-8''${encodeURIComponent(basename(path))}`,
    'content-length': fstatSync(fd).size,
  })
  await pipeline(createReadStream('', { fd }), response)
}
