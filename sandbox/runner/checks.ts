import type { EventOf } from '../../lib/contract/event.ts'
import { failuresIn, type CheckFailure } from '../../lib/domain/check-failure.ts'
import type { Checked } from '../../lib/domain/generation.ts'
import type { Ran } from '../tools/wire.ts'
import type { DevServer } from './dev-server.ts'
import type { Reporter } from './reporter.ts'
import type { ToolHost } from './tool-host.ts'

const scriptSeconds = 90
const mostTold = 6_000

interface Means {
  host: ToolHost
  dev: DevServer
  reporter: Reporter
}
type Check = EventOf<'check:result'>['check']

/** Finds out whether the app is whole: dependencies, types, build, and what the dev server answers. */
export async function runChecks(means: Means): Promise<Checked> {
  const { host } = means
  const installed = await installModules(means)
  const { over } = await host.ask({ op: 'snapshot', of: 'project' })
  const results = await Promise.all([
    host.ask({ op: 'script', name: 'check', seconds: scriptSeconds }).then(tell('typecheck', means)),
    host.ask({ op: 'script', name: 'build', seconds: scriptSeconds }).then(tell('build', means)),
    lookAtPreview(means.dev).then(tell('dev-server', means)),
  ])
  const complaints = [...(over ? [tooMuch(over)] : []), ...[installed, ...results].filter((result) => result !== null)]
  return {
    kind: 'checked',
    ok: complaints.length === 0,
    output: complaints.map(({ told }) => told).join('\n\n'),
    failures: complaints.flatMap(({ failures }) => failures),
    green: null,
    picture: null,
  }
}

/** What the model is told of a check that failed, and what it is known by. */
interface Complaint {
  told: string
  failures: CheckFailure[]
}

const tooMuch = (over: string): Complaint => ({
  told: `${over} Remove what the app does not need.`,
  failures: failuresIn('size', over),
})

/** Brings the dependencies to what package.json says, and the dev server with them. Answers what went wrong, or null. */
export async function installModules(means: Means): Promise<Complaint | null> {
  const { host, dev, reporter } = means
  const installed = await host.ask({ op: 'modules' })
  const failure = tell('install', means)(installed)
  if (installed.ran && installed.ok) {
    // A server that does not come up again is found by its own check.
    await dev.restart().catch(() => undefined)
    reporter.emit('preview:changed', { generationId: reporter.id })
  }
  return failure
}

// Reports a result, and answers what is wrong with it.
function tell(check: Check, { reporter }: Means) {
  return ({ ran, ok, output, ms }: Ran): Complaint | null => {
    if (!ran) return null
    reporter.emit('check:result', { generationId: reporter.id, check, ok, output: output.slice(-8_000), ms })
    void reporter.flush()
    if (ok) return null
    const told = `${check}:\n${output.length > mostTold ? `…${output.slice(-mostTold)}` : output}`
    return { told, failures: failuresIn(check, output) }
  }
}

const complaint = /\berror\b|failed to resolve|cannot find/i

async function lookAtPreview(dev: DevServer): Promise<Ran> {
  const started = performance.now()
  const from = dev.logSize()
  const broken = await dev.start().then(
    () => brokenPages(dev),
    (error: unknown) => [String(error)],
  )
  const log = dev.logSince(from).split('\n')
  const said = log.some((line) => complaint.test(line)) ? log : []
  const output = [...broken, ...said].join('\n').trim()
  return { ran: true, ok: output === '', output, ms: Math.round(performance.now() - started) }
}

// The first page and the modules it begins with.
async function brokenPages(dev: DevServer): Promise<string[]> {
  const first = await dev.page('/')
  const modules = (first?.text ?? '').matchAll(/<script[^>]*\stype="module"[^>]*\ssrc="([^":]+)"/g)
  const paths = Array.from(modules, ([, path]) => new URL(path ?? '/', 'http://app/').pathname)
  const pages = await Promise.all(paths.map(async (path) => [path, await dev.page(path)] as const))
  return [['/', first] as const, ...pages].flatMap(([path, page]) =>
    page && page.status < 400 ? [] : [`${path} answers ${page ? page.status : 'nothing'}.`],
  )
}
