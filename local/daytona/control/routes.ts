import { describeBox, listBox, type Box } from '../boxes/box.ts'
import type { Call, Route } from '../http/router.ts'
import type { Control } from './control.ts'
import { newBox, resourcesOf } from './create.ts'
import { pageOf } from './list.ts'
import { previewRoutes } from './previews.ts'
import { settingRoutes } from './settings.ts'

/** The control plane: everything below `/api` that concerns sandboxes. */
export function controlRoutes(control: Control): Route[] {
  const { store, lifecycle, origin } = control
  const step = (name: string, run: (box: Box) => Promise<void>): Route => ({
    method: 'POST',
    path: `/api/sandbox/:box/${name}`,
    run: async (call) => {
      const box = store.find(call.param('box'))
      await run(box)
      return { status: 200, body: describeBox(box, origin()) }
    },
  })
  return [
    { method: 'GET', path: '/api/config', run: () => ({ status: 200, body: {} }) },
    { method: 'POST', path: '/api/sandbox', run: (call) => create(control, call) },
    { method: 'GET', path: '/api/sandbox', run: (call) => list(control, call) },
    {
      method: 'GET',
      path: '/api/sandbox/:box',
      run: (call) => ({ status: 200, body: describeBox(store.find(call.param('box')), origin()) }),
    },
    {
      method: 'DELETE',
      path: '/api/sandbox/:box',
      run: async (call) => {
        const box = store.find(call.param('box'))
        await lifecycle.destroy(box)
        return { status: 200, body: describeBox(box, origin()) }
      },
    },
    step('start', (box) => lifecycle.start(box)),
    step('recover', (box) => lifecycle.start(box)),
    step('stop', (box) => lifecycle.stop(box)),
    step('archive', (box) => lifecycle.archive(box)),
    { method: 'POST', path: '/api/sandbox/:box/resize', run: (call) => resize(control, call) },
    ...settingRoutes(control),
    ...previewRoutes(control),
  ]
}

async function create({ store, lifecycle, events, snapshots, origin }: Control, call: Call) {
  const box = newBox(await call.fields(), store, snapshots)
  store.save(box)
  events.created(box)
  await lifecycle.start(box)
  return { status: 200, body: describeBox(box, origin()) }
}

function list({ store, origin }: Control, { query }: Call) {
  const { items, nextCursor } = pageOf(store.all(), query)
  return { status: 200, body: { items: items.map((box) => listBox(box, origin())), nextCursor } }
}

/** New limits hold from the next start on. */
async function resize({ store, origin }: Control, call: Call) {
  const box = store.find(call.param('box'))
  box.resources = resourcesOf(await call.fields(), box.resources)
  store.save(box)
  return { status: 200, body: describeBox(box, origin()) }
}
