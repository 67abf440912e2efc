import type { EventOf } from '../../../lib/contract/event.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import { failuresIn, type CheckFailure } from '../../../lib/domain/check-failure.ts'
import type { Checked } from '../../../lib/domain/generation.ts'
import type { Ran } from '../../tools/wire.ts'
import type { ControlPlane } from '../control-plane.ts'
import type { DevServer } from './dev-server.ts'
import type { Eye } from './eye.ts'
import { storePicture } from './picture.ts'
import { checkPreview } from './preview-check.ts'
import type { Reporter } from '../reporting/reporter.ts'
import type { ToolHost } from '../host/tool-host.ts'

const scriptSeconds = 90
const mostTold = 6_000

interface Means {
  host: ToolHost
  dev: DevServer
  eye: Eye
  reporter: Reporter
  plane: ControlPlane
  projectId: ProjectId
}
type Check = EventOf<'check:result'>['check']

/** Finds out whether the app is whole: dependencies, types, build, what the dev server answers, what a browser sees. */
export async function runChecks(means: Means): Promise<Checked> {
  const { host } = means
  const installed = await installModules(means)
  const { over } = await host.ask({ op: 'snapshot', of: 'project' })
  const [types, build, preview] = await Promise.all([
    host.ask({ op: 'script', name: 'check', seconds: scriptSeconds }).then(tell('typecheck', means)),
    host.ask({ op: 'script', name: 'build', seconds: scriptSeconds }).then(tell('build', means)),
    checkPreview(means.dev, means.eye),
  ])
  if (preview.server.ok && !preview.page) sayUnseen(means.reporter)
  const seen = (['server', 'page', 'console'] as const).map(
    (part) => preview[part] && tell(nameOf[part], means)(preview[part]),
  )
  const complaints = [over ? tooMuch(over) : null, installed, types, build, ...seen].filter((one) => !!one)
  return {
    kind: 'checked',
    ok: complaints.length === 0,
    output: complaints.map(({ told }) => told).join('\n\n'),
    failures: complaints.flatMap(({ failures }) => failures),
    green: complaints.length > 0 ? false : preview.page ? true : null,
    picture: await storePicture(preview.picture, means),
  }
}

function sayUnseen(reporter: Reporter) {
  const line = 'No browser looked at the page here, so nobody knows whether this version is green.'
  reporter.emit('sandbox:logs', { source: 'runner', line })
}

const nameOf = { server: 'dev-server', page: 'page', console: 'console' } as const

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
export async function installModules(means: Pick<Means, 'host' | 'dev' | 'reporter'>): Promise<Complaint | null> {
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
function tell(check: Check, { reporter }: Pick<Means, 'reporter'>) {
  return ({ ran, ok, output, ms }: Ran): Complaint | null => {
    if (!ran) return null
    reporter.emit('check:result', { generationId: reporter.id, check, ok, output: output.slice(-8_000), ms })
    void reporter.flush()
    if (ok) return null
    const told = `${check}:\n${output.length > mostTold ? `…${output.slice(-mostTold)}` : output}`
    return { told, failures: failuresIn(check, output) }
  }
}
