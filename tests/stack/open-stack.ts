import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { EventPage } from '../../lib/contract/event.ts'
import type { Generation } from '../../lib/contract/generation.ts'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import { startStack, type Stack, type StackOptions } from '../../local/stack/start.ts'
import { forgetRates } from '../world/forget-rates.ts'

export interface Answer<T> {
  status: number
  body: T
}

/** A person at the public API of a running stack. */
export interface Caller {
  token: string
  get<T>(path: string): Promise<Answer<T>>
  post<T>(path: string, body?: unknown): Promise<Answer<T>>
  delete<T>(path: string): Promise<Answer<T>>
  /** A new project and the first generation in it. */
  build(prompt: string, template?: 'react' | 'static'): Promise<{ project: Project; generation: Generation }>
  /** Resolves when the generation has ended, with its last state; rejects when that takes longer than `seconds`. */
  ended(project: ProjectId, generation: GenerationId, seconds?: number): Promise<Generation>
  /** All events of a project so far. */
  events(project: ProjectId): Promise<EventPage['events']>
}

export interface OpenStack extends Stack {
  dataDir: string
  logs: string[]
  as(email: string): Promise<Caller>
  /** Who is walked along by a test asks in a minute what a person asks in an hour. */
  forgetRates(): Promise<void>
}

/** The whole local cloud in a folder of its own; everything stops and goes when the test ends. */
export async function openStack(
  t: { after(undo: () => Promise<void>): void },
  { settings = {}, limits = {} }: Pick<Partial<StackOptions>, 'settings' | 'limits'> = {},
): Promise<OpenStack> {
  const dataDir = await mkdtemp('/var/tmp/everjust-test-')
  const logs: string[] = []
  const stack = await startStack({
    dataDir,
    templatesDir: join(import.meta.dirname, '../../build'),
    port: 0,
    settings,
    limits,
    schedules: false,
    say: () => {},
    onLog: (line) => logs.push(line),
  }).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  })
  t.after(async () => {
    await stack.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const { UPSTASH_REDIS_REST_URL: counter = '', UPSTASH_REDIS_REST_TOKEN: token = '' } = stack.environment
  return {
    ...{ ...stack, dataDir, logs },
    as: async (email) => callerOf(stack.url, await stack.issueToken(email)),
    forgetRates: () => forgetRates(counter, token),
  }
}

function callerOf(url: string, token: string): Caller {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T }
  }
  const caller: Caller = {
    token,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
    async build(prompt, template = 'react') {
      const project = await caller.post<Project>(paths.projects(), { prompt, template })
      if (project.status !== 201) throw new Error(`no project: ${JSON.stringify(project.body)}`)
      const generation = await caller.post<Generation>(projectPaths.generate(project.body.id), { prompt })
      if (generation.status !== 202) throw new Error(`no generation: ${JSON.stringify(generation.body)}`)
      return { project: project.body, generation: generation.body }
    },
    async ended(project, id, seconds = 90) {
      const deadline = Date.now() + seconds * 1_000
      for (;;) {
        const { body } = await caller.get<Generation>(projectPaths.generation(project, id))
        if (body.endedAt) return body
        if (Date.now() > deadline) throw new Error(`the generation is still ${body.state} after ${seconds} s`)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    async events(project) {
      const all: EventPage['events'] = []
      for (let after = '0'; ;) {
        const { body } = await caller.get<EventPage>(`${projectPaths.events(project)}?after=${after}`)
        all.push(...body.events)
        if (body.events.length === 0) return all
        after = body.next
      }
    },
  }
  return caller
}
