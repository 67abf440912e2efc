import { describeBox, type Box } from '../boxes/box.ts'
import { flag, optionalText, textMap } from '../http/fields.ts'
import { Refusal } from '../http/refusal.ts'
import type { Call, Route } from '../http/router.ts'
import type { Control } from './control.ts'

const MINUTE_MS = 60_000

/** Path piece → the interval that it sets. */
const INTERVALS = {
  autostop: 'autoStopInterval',
  autoarchive: 'autoArchiveInterval',
  autodelete: 'autoDeleteInterval',
} as const

/** What may be changed of a sandbox that exists. */
export function settingRoutes(control: Control): Route[] {
  const change = (method: string, path: string, apply: (box: Box, call: Call) => void | Promise<void>): Route => ({
    method,
    path: `/api/sandbox/:box/${path}`,
    run: async (call) => {
      const box = control.store.find(call.param('box'))
      await apply(box, call)
      control.store.save(box)
      return { status: 200, body: describeBox(box, control.origin()) }
    },
  })
  const intervals = Object.entries(INTERVALS).map(([piece, field]) =>
    change('POST', `${piece}/:minutes`, (box, call) => {
      box[field] = minutes(call)
    }),
  )
  return [
    ...intervals,
    change('POST', 'ttl/:minutes', setTimeToLive),
    change('POST', 'network-settings', setNetwork),
    change('POST', 'public/:public', (box, call) => {
      box.public = call.param('public') === 'true'
    }),
    change('POST', 'last-activity', (box) => {
      box.lastActivityAt = new Date().toISOString()
    }),
    { method: 'PUT', path: '/api/sandbox/:box/labels', run: (call) => setLabels(control, call) },
  ]
}

/** Replaces the labels; the answer repeats them. */
async function setLabels({ store }: Control, call: Call) {
  const box = store.find(call.param('box'))
  box.labels = textMap(await call.fields(), 'labels')
  store.save(box)
  return { status: 200, body: { labels: box.labels } }
}

function minutes(call: Call): number {
  const count = Number(call.param('minutes'))
  if (!Number.isInteger(count) || count < -1) throw new Refusal(400, 'an interval is a whole number of minutes')
  return count
}

function setTimeToLive(box: Box, call: Call): void {
  const count = minutes(call)
  if (count <= 0) delete box.autoDestroyAt
  else box.autoDestroyAt = new Date(Date.now() + count * MINUTE_MS).toISOString()
}

/** Takes effect at the next request of the sandbox; connections that are open stay. */
async function setNetwork(box: Box, call: Call): Promise<void> {
  const fields = await call.fields()
  if (fields['networkBlockAll'] !== undefined) box.networkBlockAll = flag(fields, 'networkBlockAll')
  box.networkAllowList = optionalText(fields, 'networkAllowList') ?? box.networkAllowList
  box.domainAllowList = optionalText(fields, 'domainAllowList') ?? box.domainAllowList
}
