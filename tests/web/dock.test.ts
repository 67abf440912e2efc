import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dockOf } from '../../web/src/lib/edits/dock.ts'

const room = { width: 1000, height: 800 }

test('the panel goes to the corner where it covers least of the element that is edited', () => {
  const low = { top: 700, bottom: 740 }
  assert.deepEqual(dockOf({ left: 20, right: 300, ...low }, room), { block: 'end', inline: 'end' })
  assert.deepEqual(dockOf({ left: 600, right: 980, ...low }, room), { block: 'end', inline: 'start' })
  assert.deepEqual(dockOf({ left: 0, right: 1000, ...low }, room), { block: 'start', inline: 'end' })
  assert.deepEqual(dockOf({ left: 0, right: 1000, top: 10, bottom: 60 }, room), { block: 'end', inline: 'end' })
  assert.deepEqual(dockOf(null, room), { block: 'end', inline: 'end' })
})
