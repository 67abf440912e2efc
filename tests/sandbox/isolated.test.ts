import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair } from 'jose'
import { newId } from '../../lib/contract/ids.ts'
import type { RunJob } from '../../lib/contract/run.ts'
import { buildSandbox } from '../../scripts/build-sandbox.ts'
import { unpackBrowser } from '../../scripts/unpack-browser.ts'
import { openWorld } from '../local/daytona/world.ts'
import { openControlPlane } from './control-plane.ts'

const token = 'run-token-that-nobody-may-read'

/** A real sandbox with the programs and the static template mounted, that reaches nothing but the control plane. */
async function openBox(t: TestContext, port: string) {
  const image = mkdtempSync('/var/tmp/everjust-image-')
  t.after(() => rmSync(image, { recursive: true, force: true }))
  const template = fileURLToPath(new URL('../../templates/static', import.meta.url))
  cpSync(template, join(image, 'static'), { recursive: true })
  await buildSandbox({ outdir: join(image, 'bin') })
  const browser = await unpackBrowser({ dataDir: fileURLToPath(new URL('../../build', import.meta.url)) })
  assert.ok(browser)
  const mounts = [
    { from: browser, to: '/opt/everjust/browser' },
    { from: join(image, 'bin'), to: '/opt/everjust/bin' },
    { from: join(image, 'static'), to: '/opt/everjust/templates/static' },
  ]
  const world = await openWorld({ snapshots: { everjust: { mounts } }, egress: { loopback: [`localhost:${port}`] } })
  t.after(() => world.end())
  return world.client.create({ snapshot: 'everjust', language: 'typescript', domainAllowList: 'localhost' })
}

test('in a real sandbox a run is carried out, and its code finds neither token nor programs to spoil', async (t) => {
  const hunt = [
    'id -un; cat /proc/*/environ /proc/*/mem 2>&1 | grep -a -c run-token-that | head -1',
    'ls /run/everjust /root /var/lib/everjust 2>&1',
    'touch /opt/everjust/bin/runner.js 2>&1; env | sort',
    `curl -s -m 2 -o /dev/null -w "%{http_code}" --noproxy "*" http://10.0.0.1/ ; true`,
  ]
  const page = '<!doctype html><html lang="en"><head><title>Tea</title></head><body><h1>Tea</h1></body></html>\n'
  const projectId = newId('project')
  const plane = await openControlPlane(t, {
    projectId,
    token,
    replies: [
      {
        calls: [
          { tool: 'write', input: { file_path: 'index.html', content: page } },
          { tool: 'bash', input: { command: hunt.join('\n') } },
        ],
      },
      { text: 'A page about tea.' },
    ],
  })
  const box = await openBox(t, new URL(plane.origin).port)
  const key = { ...(await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).publicKey)) }
  const address = `${plane.origin}/objects/transcripts/one`
  const job: RunJob = {
    mode: 'generate',
    projectId,
    template: 'static',
    api: plane.origin,
    token,
    base: null,
    live: { key, audience: projectId, origins: [] },
    generation: {
      id: newId('generation'),
      attempt: 1,
      prompt: 'a page about tea',
      mode: 'build',
      attachments: [],
      images: [],
      memory: null,
      rules: null,
      edited: [],
      fallbackModel: null,
      conversation: [],
      model: 'scripted-1',
      limits: { steps: 5, seconds: 60, repairs: 1 },
      transcript: { get: address, put: address },
    },
  }
  const file = '/var/lib/everjust/job.json'
  await box.fs.uploadFile(Buffer.from(JSON.stringify(job)), file)
  const command = `chmod 600 ${file} && /opt/everjust/node/bin/node /opt/everjust/bin/runner.js ${file}`
  const { exitCode, result } = await box.process.executeCommand(command, undefined, undefined, 60)
  assert.deepEqual([exitCode, result], [0, ''])
  assert.deepEqual(
    plane.seen.ends.map((end) => [end['outcome'], end['failure']]),
    [['succeeded', null]],
  )
  assert.equal(plane.fileOf(0, 'index.html'), page)
  assert.equal(plane.versions[0]?.checked?.green, true)

  const found = String(plane.seen.asked[1]?.messages.at(-1)?.content[1]?.content)
  assert.match(found, /^app$/m)
  assert.match(found, /'\/run\/everjust': Permission denied/)
  assert.match(found, /'\/root': Permission denied/)
  assert.match(found, /runner\.js': (Read-only file system|Permission denied)/)
  assert.doesNotMatch(found, /DAYTONA|TOOLBOX|Bearer/)
  const preview = await box.process.executeCommand(
    'curl -s --noproxy "*" http://127.0.0.1:5173/; curl -s --noproxy "*" http://127.0.0.1:8787/healthz',
  )
  assert.match(preview.result, /<h1[^>]*>Tea<\/h1>[^]*ok$/)
})
