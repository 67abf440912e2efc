import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { below, commandOf, endAllBelow, furnish } from './box.ts'

const root = mkdtempSync('/var/tmp/everjust-host-')
chmodSync(root, 0o755)
furnish(root)
process.env['EVERJUST_SANDBOX_ROOT'] = root
process.argv[1] = join(root, 'opt/everjust/bin/runner.js')
process.on('exit', () => {
  endAllBelow(root)
  rmSync(root, { recursive: true, force: true })
})
const { openToolHost } = await import('../../sandbox/runner/host/tool-host.ts')

const snapshot = { op: 'snapshot', of: 'template' } as const
const hosts = () => below(root).filter((pid) => commandOf(pid).includes('tools.js'))
const stop = () => hosts().forEach((pid) => process.kill(pid, 'SIGSTOP'))

test('a host that generated code has stopped is replaced, and what was asked of it fails', async () => {
  const patience = { answer: 60_000, close: 1_000 }
  const host = openToolHost('static', patience)
  const before = await host.ask(snapshot)
  stop()
  patience.answer = 100
  await assert.rejects(host.ask(snapshot), /ended from within the sandbox/)
  patience.answer = 60_000
  assert.deepEqual(await host.ask(snapshot), before)
  await host.close()
  assert.deepEqual(hosts(), [])
})

test('a host that was stopped holds up no end', async () => {
  const host = openToolHost('static', { answer: 60_000, close: 100 })
  await host.ask(snapshot)
  stop()
  await host.close()
  assert.deepEqual(hosts(), [])
})
