import type { JobDesk } from '../../../lib/context.ts'
import { sandboxStates, type SandboxResources } from '../../../lib/contract/sandbox.ts'
import type { SandboxChoice } from '../../../lib/contract/workshop.ts'
import { jobFile, leases, runnerCommand, sessionName } from '../../../lib/domain/run.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'
import { addressesOf, ensureSandbox, recordOpened, type Addresses } from '../../../lib/work/sandbox.ts'
import { runJobOf } from './run-job.ts'

/** Starts the runner of a claimed attempt. Throws when the sandbox or the runner cannot be brought up. */
export async function launch(desk: JobDesk, run: ClaimedRun): Promise<void> {
  const { id, projectId, attempt } = run
  const { provider } = desk
  const [purpose, known] = await desk.within(({ sandboxes }) =>
    Promise.all([sandboxes.purpose(projectId), sandboxes.find(projectId)]),
  )
  if (!purpose) throw new Error('The project was deleted.')
  const [{ id: sandboxId, resources, applied }, job] = await Promise.all([
    ensureSandbox(desk, projectId, purpose),
    runJobOf(desk, run, purpose.template),
  ])
  // The runner of the attempt before may still be there, silent: it must not work beside this one.
  if (run.sessionId && run.sandboxId === sandboxId) await provider.endSession(sandboxId, run.sessionId)
  // Whose runner was never heard may be in a sandbox that cannot reach out: its mail is fetched from now on.
  const mail = run.unheard || known?.byMail === true || desk.plan.hosts === null
  const file = jobFile(`${id}-${attempt}`)
  const [addresses] = await Promise.all([
    addressesOf(desk, sandboxId, known),
    provider.writeFile(sandboxId, file, JSON.stringify({ ...job, mail })),
  ])
  const sessionId = sessionName(id, attempt)
  const { commandId } = await provider.start(sandboxId, sessionId, runnerCommand(file))
  const current = await record(desk, run, {
    sandboxId,
    resources,
    sessionId,
    commandId,
    addresses,
    mail,
    applied,
  })
  if (!current) await provider.endSession(sandboxId, sessionId)
}

interface Launched {
  sandboxId: string
  resources: SandboxResources
  sessionId: string
  commandId: string
  addresses: Addresses
  mail: boolean
  applied: SandboxChoice | null
}

/** False when the run ended or was taken over while it was launched. */
async function record(desk: JobDesk, run: ClaimedRun, launched: Launched): Promise<boolean> {
  const { id, projectId, attempt, fromVersionId: versionId } = run
  const { addresses, resources, mail, applied, ...runner } = launched
  return desk.within(async (stores) => {
    const { runs, jobs } = stores
    const current = await runs.started({ id, attempt, ...runner, leaseSeconds: leases.first })
    // The sandbox is up even if the run is not wanted any more; then it is left to whoever asked for it to stop.
    const opened = { providerId: runner.sandboxId, resources, versionId, byMail: mail, applied, ...addresses }
    await recordOpened(stores, projectId, { opened, from: current ? sandboxStates : startable, isNews: true })
    if (mail && current) await jobs.enqueue({ kind: 'carry-mail', projectId, payload: { generationId: id, attempt } })
    return current
  })
}

const startable = sandboxStates.filter((state) => state !== 'stopping' && state !== 'stopped')
