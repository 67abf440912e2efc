import { randomBytes, randomUUID } from 'node:crypto'
import { optionalNumber, optionalText, flag, textMap } from '../http/fields.ts'
import { Refusal } from '../http/refusal.ts'
import type { Box } from '../boxes/box.ts'
import type { BoxStore } from '../boxes/store.ts'
import type { Resources, Snapshot } from '../options.ts'

type Snapshots = Readonly<Record<string, Snapshot>>

const RESOURCES: Resources = { cpu: 1, memory: 1, disk: 3 }

/** Daytona's own defaults, in minutes. */
const INTERVALS = { autoStopInterval: 15, autoArchiveInterval: 10_080, autoDeleteInterval: -1 }

const MINUTE_MS = 60_000

/** Reads a create request. A name that is taken is refused with 409, so that a name serves as idempotency key. */
export function newBox(fields: Record<string, unknown>, store: BoxStore, snapshots: Snapshots): Box {
  if (fields['buildInfo'] !== undefined) throw new Refusal(400, 'images are not built here; name a snapshot')
  const id = randomUUID()
  const name = optionalText(fields, 'name') ?? id
  if (store.has(name)) throw new Refusal(409, `Sandbox with name ${name} already exists`)
  const snapshot = optionalText(fields, 'snapshot') ?? Object.keys(snapshots)[0] ?? ''
  const made = snapshots[snapshot]
  if (!made) throw new Refusal(400, `Snapshot ${snapshot} not found`)
  const now = new Date()
  const ttl = optionalNumber(fields, 'ttlMinutes') ?? 0
  return {
    id,
    name,
    snapshot,
    target: optionalText(fields, 'target') ?? 'local',
    slot: store.freeSlot(),
    previewToken: randomBytes(16).toString('hex'),
    env: textMap(fields, 'env'),
    labels: textMap(fields, 'labels'),
    public: flag(fields, 'public'),
    networkBlockAll: flag(fields, 'networkBlockAll'),
    networkAllowList: optionalText(fields, 'networkAllowList'),
    domainAllowList: optionalText(fields, 'domainAllowList'),
    resources: resourcesOf(fields, made.resources ?? RESOURCES),
    state: 'creating',
    ...intervalsOf(fields),
    ...(ttl > 0 ? { autoDestroyAt: new Date(now.getTime() + ttl * MINUTE_MS).toISOString() } : {}),
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    lastActivityAt: now.toISOString(),
  }
}

/** The resources asked for, and for those not named the ones it has. Nothing below what a program needs to start. */
export function resourcesOf(fields: Record<string, unknown>, present: Resources): Resources {
  const wanted = {
    cpu: optionalNumber(fields, 'cpu') ?? present.cpu,
    memory: optionalNumber(fields, 'memory') ?? present.memory,
    disk: optionalNumber(fields, 'disk') ?? present.disk,
  }
  const wrong = Object.entries(wanted).find(([, amount]) => amount <= 0 || amount > 64)
  if (wrong) throw new Refusal(400, `${wrong[0]} must be more than 0 and at most 64`)
  return wanted
}

function intervalsOf(fields: Record<string, unknown>) {
  return {
    autoStopInterval: optionalNumber(fields, 'autoStopInterval') ?? INTERVALS.autoStopInterval,
    autoArchiveInterval: optionalNumber(fields, 'autoArchiveInterval') ?? INTERVALS.autoArchiveInterval,
    autoDeleteInterval: optionalNumber(fields, 'autoDeleteInterval') ?? INTERVALS.autoDeleteInterval,
  }
}
