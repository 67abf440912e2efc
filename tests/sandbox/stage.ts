import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { newId } from '../../lib/contract/ids.ts'
import type { RunJob } from '../../lib/contract/run.ts'
import { freePort } from '../../local/listen.ts'
import { below, commandOf, endAllBelow, furnish, furnishBrowser } from './box.ts'
import { openControlPlane } from './control-plane.ts'

type Plane = Awaited<ReturnType<typeof openControlPlane>>
type Replies = Plane['replies']

interface Changes {
  pace?: number
  /** Whether the sandbox has one. */
  browser?: boolean
}

/** A sandbox's folders below one root, a control plane, and the built runner to let loose between them. */
export async function openStage(t: TestContext, replies: Replies, changes: Changes = {}) {
  const root = mkdtempSync('/var/tmp/everjust-stage-')
  chmodSync(root, 0o755)
  t.after(() => {
    endAllBelow(root)
    rmSync(root, { recursive: true, force: true })
  })
  const ports = { preview: await freePort(), live: await freePort() }
  furnish(root)
  if (changes.browser) await furnishBrowser(root)
  const projectId = newId('project')
  const token = 'run-token-that-nobody-may-read'
  const { pace = 0 } = changes
  const plane = await openControlPlane(t, { projectId, token, replies, pace })
  const key = { ...(await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).publicKey)) }
  const generationId = newId('generation')
  const address = `${plane.origin}/objects/transcripts/${generationId}`

  const jobOf = (job: Partial<RunJob>, attempt = 1, limits = { steps: 10, seconds: 60, repairs: 3 }): RunJob => ({
    mode: 'generate',
    projectId,
    template: 'static',
    api: plane.origin,
    token,
    base: null,
    live: { key, audience: projectId, origins: ['http://localhost:4700'] },
    generation: {
      id: generationId,
      attempt,
      prompt: 'a page about tea\nwith pictures',
      mode: 'build',
      attachments: [],
      images: [],
      memory: null,
      rules: null,
      edited: [],
      fallbackModel: null,
      conversation: [],
      model: 'scripted-1',
      limits,
      transcript: { get: address, put: address },
    },
    ...job,
  })

  return {
    root,
    ports,
    plane,
    projectId,
    generationId,
    token,
    jobOf,
    run,
    start,
    find: (program: string) => below(root).filter((pid) => commandOf(pid).includes(program)),
    project: join(root, 'home/app/project'),
  }

  /** Runs a job to its end and answers the exit code and what was said on stderr. */
  async function run(job: RunJob) {
    return start(job).ended
  }

  function start(job: RunJob) {
    const file = join(root, `job-${newId('job')}.json`)
    writeFileSync(file, JSON.stringify(job), { mode: 0o600 })
    const env = {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      EVERJUST_SANDBOX_ROOT: root,
      EVERJUST_SANDBOX_PORTS: `${ports.preview},${ports.live}`,
      A_SECRET_OF_THE_RUNNER: 'secret-in-the-environment',
    }
    const child = spawn(process.execPath, [join(root, 'opt/everjust/bin/runner.js'), file], {
      cwd: '/',
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return { child, file, ended: ending(child) }
  }
}

async function ending(child: ChildProcess) {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  return { code: code ?? signal, said }
}

/** Looks every 20 ms until something is so. Rejects after 15 s. */
export async function until<T>(look: () => T | undefined | false): Promise<T> {
  const end = Date.now() + 60_000
  for (;;) {
    const found = look()
    if (found) return found
    if (Date.now() > end) throw new Error(`Not within a minute: ${String(look)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
