import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SandboxSettings } from '../../web/src/lib/contract.ts'
import './runes.ts'

const { SandboxForm } = await import('../../web/src/lib/project-settings/sandbox-form.svelte.ts')

const settings: SandboxSettings = {
  chosen: { size: null, autoStopMinutes: null, network: { kind: 'open', hosts: [] } },
  bounds: { sizes: [], autoStopMinutes: { least: 5, most: 60 } },
  restartNeeded: false,
}

test('what is typed of a sandbox stays when the sandbox is heard of anew, until it is saved', () => {
  const form = new SandboxForm(settings)
  form.hosts = 'api.example.com'
  form.heard({ ...settings, restartNeeded: true })
  assert.deepEqual([form.hosts, form.changed, form.settings.restartNeeded], ['api.example.com', true, true])
  form.saved({ ...settings, chosen: form.choice })
  assert.equal(form.changed, false)
  form.heard(settings)
  assert.equal(form.hosts, '')
})
