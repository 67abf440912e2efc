import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { Event } from '../../lib/contract/event.ts'
import { ModelRequest } from '../../lib/contract/model.ts'
import { RunEnd, RunEvents } from '../../lib/contract/run.ts'
import { RecordedObjects } from '../../lib/contract/recording.ts'
import { DownloadBatch, NewVersion, UploadBatch, type FileEntry } from '../../lib/contract/version.ts'
import { objectionTo } from '../../lib/domain/model-request.ts'
import { checkReport } from '../../lib/domain/run-report.ts'
import { newId, type GenerationId, type ProjectId } from '../../lib/contract/ids.ts'
import { answerFor, writtenChunks, type Answers } from './replies.ts'

interface Options {
  projectId: ProjectId
  token: string
  /** The model's replies, by how many it has given in the conversation it is sent. */
  replies: Answers[]
  /** Milliseconds between the chunks of a reply. */
  pace?: number
}

interface SentMessage {
  role: string
  content: { type: string; text?: string; content?: unknown; is_error?: boolean; tool_use_id?: string }[]
}
interface SentBody {
  model: string
  system: { text: string }[]
  messages: SentMessage[]
  thread?: unknown
  thinking?: unknown
}

/** The part of the API and of storage that a runner speaks to, with everything it was told kept to look at. */
export async function openControlPlane(t: TestContext, { projectId, token, replies, pace = 0 }: Options) {
  const objects = new Map<string, Buffer>()
  const versions: {
    id: string
    parentId: string | null
    files: FileEntry[]
    message: string
    key: string
    checked: NewVersion['checked']
  }[] = []
  const seen = {
    events: [] as Event[],
    ends: [] as Record<string, unknown>[],
    reports: 0,
    asked: [] as SentBody[],
    purposes: [] as string[],
    uploads: [] as string[],
    /** Each transcript that was saved, in order. */
    transcripts: [] as string[],
    strangers: 0,
  }
  const faults = { over: false, outdated: false, corrupt: false, storing: Promise.resolve() }
  /** What a person saved while the run worked. */
  const theirs = { versionId: null as string | null, files: [] as FileEntry[] }
  const routes = table()
  const server = createServer((request, response) => {
    void answer(request)
      .catch(asFault)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(body instanceof Buffer ? body : JSON.stringify(body))
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin, objects, versions, seen, faults, theirs, fileOf, replies }

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { pathname } = new URL(request.url ?? '/', origin)
    const bytes = await read(request)
    if (pathname.startsWith('/objects/')) return serveObject(request, pathname, bytes)
    if (request.headers.authorization !== `Bearer ${token}`) {
      seen.strangers++
      return problem(401, 'unauthenticated')
    }
    if (faults.over) return problem(409, 'run_over')
    const body = bytes.length > 0 ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {}
    if (pathname.includes('/recordings/')) return recordingPlaces(body, pathname.split('/').at(-1) ?? '')
    const route = Object.entries(routes).find(([end]) => pathname.endsWith(end))
    return route ? route[1](body, String(request.headers['idempotency-key'])) : problem(404, 'not_found')
  }

  async function serveObject(request: IncomingMessage, path: string, bytes: Buffer) {
    if (request.method === 'GET') {
      const found = objects.get(path)
      const tampered = faults.corrupt && path.includes('/blobs/')
      return found ? { status: 200, body: tampered ? Buffer.from('tampered') : found } : problem(404, 'not_found')
    }
    await faults.storing
    const digest = createHash('sha256').update(bytes).digest('hex')
    if (path.includes('/blobs/') && !path.endsWith(digest)) return problem(400, 'digest_mismatch')
    if (path.includes('/blobs/')) seen.uploads.push(digest)
    if (path.includes('/transcripts/')) seen.transcripts.push(bytes.toString())
    objects.set(path, bytes)
    return { status: 200, body: {} }
  }

  function fileOf(version: number, path: string): string | undefined {
    const file = versions[version]?.files.find((one) => one.path === path)
    return file && objects.get(`/objects/blobs/${file.sha256}`)?.toString()
  }

  function recordingPlaces(body: Record<string, unknown>, id: string) {
    const uploads = RecordedObjects.parse(body).objects.map(({ sha256 }) => ({
      sha256,
      url: `${origin}/objects/recorded/${sha256}`,
      headers: {},
    }))
    const index = `${origin}/objects/recordings/${id}.json`
    return ok({ uploads, index: { get: index, put: index } })
  }

  interface Answered {
    status: number
    body: unknown
  }
  type Route = (body: Record<string, unknown>, key: string) => Answered | Promise<Answered>

  function table(): Record<string, Route> {
    return {
      '/versions/batch': (body) => {
        const { files } = UploadBatch.parse(body)
        const missing = [...new Set(files.map(({ sha256 }) => sha256))].filter(
          (sha256) => !objects.has(`/objects/blobs/${sha256}`),
        )
        return ok({
          uploads: missing.map((sha256) => ({ sha256, url: `${origin}/objects/blobs/${sha256}`, headers: {} })),
        })
      },
      '/versions/downloads': (body) =>
        ok({
          downloads: DownloadBatch.parse(body).sha256.map((one) => ({
            sha256: one,
            url: `${origin}/objects/blobs/${one}`,
          })),
        }),
      '/versions/current': () => ok(theirs),
      '/versions': (body, key) => commit(body, key),
      '/events': (body) => {
        const { attempt, events } = RunEvents.parse(body)
        const id = events[0]?.run?.id ?? ('gen_none' as GenerationId)
        assert.notEqual(typeof checkReport({ attempt, events }, id, new Date()), 'string')
        seen.reports++
        const known = new Set(seen.events.map(({ run }) => run?.n))
        seen.events.push(...events.filter(({ run }) => !known.has(run?.n)))
        const cost = { currency: 'USD', micros: 0, atMostMicros: 500_000, simulated: true }
        return ok({ over: false, upTo: seen.events.at(-1)?.run?.n ?? 0, leaseSeconds: 60, cost })
      },
      '/end': (body) => {
        seen.ends.push({ ...RunEnd.parse(body) })
        return ok({})
      },
      '/models/calls': (body) => {
        const request = ModelRequest.parse(body)
        assert.equal(objectionTo(request, { model: 'scripted-1', fallbackModel: 'scripted-mini' }), undefined)
        seen.purposes.push(request.purpose)
        return callModel(request.body as unknown as SentBody)
      },
    }
  }

  function commit(body: Record<string, unknown>, key: string) {
    const isBehind = theirs.versionId !== null && body['parentId'] !== theirs.versionId
    if (faults.outdated || isBehind) return problem(409, 'version_outdated')
    const { files, parentId, message: said, checked } = NewVersion.parse(body)
    assert.deepEqual(
      files.filter(({ sha256 }) => !objects.has(`/objects/blobs/${sha256}`)),
      [],
    )
    let version = versions.find((one) => one.key === key)
    if (!version) {
      version = {
        id: newId('version'),
        parentId,
        files,
        message: said,
        key,
        checked,
      }
      versions.push(version)
    }
    const { id, message } = version
    const createdAt = new Date().toISOString()
    return ok({
      id,
      projectId,
      number: versions.length,
      source: 'generation',
      message,
      parentId,
      generationId: null,
      restoredFrom: null,
      fileCount: files.length,
      totalBytes: 0,
      green: null,
      picture: null,
      createdAt,
    })
  }

  async function callModel(body: SentBody) {
    const number = body.messages.filter(({ role }) => role === 'assistant').length
    const nth = seen.asked.filter((one) => one.messages.length === body.messages.length).length
    seen.asked.push(body)
    const reply = await answerFor(replies[number] ?? { text: 'Done.' }, nth, JSON.stringify(body))
    if ('status' in reply) return problem(reply.status, reply.code)
    const id = newId('call')
    for (const chunk of writtenChunks(reply, number)) {
      const write = () => objects.set(`/objects/calls/${id}/${chunk.n}`, Buffer.from(JSON.stringify(chunk)))
      setTimeout(write, pace * (chunk.n + 1))
    }
    return {
      status: 202,
      body: { id, from: 0, chunks: Array.from({ length: 60 }, (_, n) => `${origin}/objects/calls/${id}/${n}`) },
    }
  }
}

const ok = (body: unknown) => ({ status: 200, body })
const asFault = (error: unknown) => {
  console.error(error)
  return problem(400, 'invalid_request')
}
const problem = (status: number, code: string) => ({
  status,
  body: { type: 'about:blank', code, status, title: code, detail: code },
})

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
