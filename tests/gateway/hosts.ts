import { setTimeout as sleep } from 'node:timers/promises'
import { startGateway } from '../../gateway/server.ts'
import { openLog } from '../../lib/log.ts'
import { openDatabase } from '../../lib/store/sql.ts'
import type { ControlPlane } from '../../sandbox/runner/control-plane.ts'
import { relayFetch } from '../../sandbox/runner/model/relay-fetch.ts'
import type { openStage, StartedRun } from '../jobs/stage.ts'

type Stage = Awaited<ReturnType<typeof openStage>>

export interface Host {
  name: string
  /** What the runner of a run has to ask the model with. */
  fetchFor(run: StartedRun): typeof fetch
  /** One raw request, with whatever token. */
  once(token: string | undefined, body: unknown): Promise<Response>
  /** Until all that the last reply set off is done. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

const noWay = () => Promise.reject(new Error('nothing else is asked'))

/** The host that everybody has: functions, with a worker that does each job as it is woken. */
export function functionsHost(stage: Stage): Host {
  let over = false
  const worker = (async () => {
    while (!over) {
      await stage.drain()
      await sleep(5)
    }
  })()
  const once: Host['once'] = async (token, body) => {
    const { status, headers, body: told } = await stage.world.withToken(token ?? '').post('/models/calls', body)
    return new Response(JSON.stringify(told), { status, headers })
  }
  return {
    name: 'functions',
    once,
    fetchFor: (run) => {
      const plane = {
        once: (_method: string, _path: string, options?: { body?: unknown }) => once(run.runner.token, options?.body),
        call: async (path: string, { answer }: { answer: { parse(value: unknown): unknown } }) =>
          answer.parse((await run.runner.get(path)).body),
      }
      return relayFetch(plane as unknown as ControlPlane)
    },
    quiet: () => sleep(50),
    stop: async () => {
      over = true
      await worker
    },
  }
}

/** The streaming service, on a connection of its own. */
export async function serviceHost(stage: Stage): Promise<Host> {
  const log = openLog({}, (line) => stage.world.logs.push(JSON.parse(line) as Record<string, unknown>))
  const database = openDatabase(stage.world.settings['DATABASE_URL'] ?? '')
  const service = await startGateway({ context: { ...stage.jobs, database, log }, port: 0 })
  const send = (token: string | undefined, body: unknown, signal?: AbortSignal) =>
    fetch(`${service.url}/api/v1/models/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
  return {
    name: 'service',
    once: send,
    fetchFor: (run) => {
      const plane = {
        once: (_method: string, _path: string, options?: { body?: unknown; signal?: AbortSignal }) =>
          send(run.runner.token, options?.body, options?.signal),
        call: noWay,
      }
      return relayFetch(plane as unknown as ControlPlane, { gateway: service.url })
    },
    quiet: () => sleep(50),
    stop: service.stop,
  }
}
