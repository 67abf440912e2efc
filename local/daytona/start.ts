import { mkdirSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { watchDisks } from './boxes/disk.ts'
import { Lifecycle } from './boxes/lifecycle.ts'
import { firstAppId, openRuntimeFolder } from './boxes/runtime-folder.ts'
import { RunningBoxes } from './boxes/running.ts'
import { BoxStore } from './boxes/store.ts'
import { startTimers } from './boxes/timers.ts'
import { buildToolbox } from './build-toolbox.ts'
import { policyFor } from './egress/policy.ts'
import { Events } from './events.ts'
import { Faults } from './faults.ts'
import { listener } from './gateway/listener.ts'
import { SignedPreviews } from './gateway/signed.ts'
import { chooseIsolation } from './isolation/choose.ts'
import type { Isolation } from './isolation/isolation.ts'
import type { IsolationName } from './options.ts'
import type { DaytonaOptions } from './options.ts'

export type LocalDaytona = {
  /** For the SDK's `apiUrl`. */
  readonly apiUrl: string
  readonly apiKey: string
  readonly port: number
  readonly isolation: IsolationName
  /** Makes things go wrong. */
  readonly faults: Faults
  /** Takes a sandbox away with all it holds, as clouds do now and then. */
  vanish(idOrName: string): Promise<void>
  /** Ends the server and everything that runs in sandboxes; their files stay. */
  stop(): Promise<void>
}

const PIDS = 1024
const DISK_CHECK_MS = 10_000
const MINUTE_MS = 60_000

/** Starts a Daytona-compatible server on 127.0.0.1 whose sandboxes run on this machine. Throws when nothing here can isolate them. */
export async function startDaytona(options: DaytonaOptions): Promise<LocalDaytona> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`))
  const isolation = await chooseIsolation({ forced: options.isolation, toolbox: await buildToolbox(), log })
  const server = createServer()
  await listen(server, options.port ?? 0)
  const origin = () => `http://127.0.0.1:${portOf(server)}`
  const parts = partsOf({ ...options, dataDir: realpathSync(options.dataDir), log }, { isolation, origin })
  const { store, lifecycle, events } = parts
  await lifecycle.recover()
  const cut = listener(server, { ...options, ...parts, origin })
  const endWatches = watch(options, { ...parts, log })
  return {
    apiUrl: `${origin()}/api`,
    apiKey: options.apiKey,
    port: portOf(server),
    isolation: isolation.name,
    faults: parts.faults,
    vanish: (idOrName) => lifecycle.destroy(store.find(idOrName)),
    async stop() {
      endWatches()
      events.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      cut()
      await lifecycle.haltAll()
      await closed
      await rm(parts.runtime, { recursive: true, force: true })
    },
  }
}

type Logging = { readonly log: (line: string) => void }

type Place = { readonly isolation: Isolation; readonly origin: () => string }

function partsOf(options: DaytonaOptions & Logging, { isolation, origin }: Place) {
  const { dataDir, log } = options
  const store = new BoxStore(dataDir)
  const runtime = openRuntimeFolder(dataDir)
  const events = new Events(options.apiKey, origin)
  const running = new RunningBoxes({
    isolation,
    runtime,
    folderOf: (box) => store.folderOf(box),
    firstAppId: firstAppId(dataDir),
    pids: options.limits?.pids ?? PIDS,
    snapshotOf: (box) => options.snapshots[box.snapshot] ?? {},
    policyOf: (box) => policyFor(box, options.egress ?? {}),
  })
  const lifecycle = new Lifecycle({ store, running, isolation, events, log })
  const signed = new SignedPreviews(dataDir)
  return { store, events, running, lifecycle, runtime, signed, faults: new Faults(options.faults) }
}

function watch(options: DaytonaOptions, { store, lifecycle, log }: ReturnType<typeof partsOf> & Logging): () => void {
  const endTimers = startTimers(store, lifecycle, { minuteMs: options.minuteMs ?? MINUTE_MS, log })
  const endDisks = watchDisks({
    running: () => store.all().filter((box) => box.state === 'started'),
    folderOf: (box) => store.folderOf(box),
    tooLarge: (box, reason) => lifecycle.stop(box, reason),
    everyMs: options.limits?.diskCheckMs ?? DISK_CHECK_MS,
  })
  return () => {
    endTimers()
    endDisks()
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', ready)
  })
}
