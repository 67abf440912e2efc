import type { JobDesk } from '../../../lib/context.ts'
import type { ProjectId, VersionId } from '../../../lib/contract/ids.ts'
import type { Template } from '../../../lib/contract/project.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { jobFile, runnerCommand } from '../../../lib/domain/run.ts'
import { carryMail } from '../../../lib/work/carry-mail.ts'
import { baseOf } from '../../../lib/work/workspace.ts'
import { doorsOf } from '../../../lib/work/sandbox.ts'

const withinSeconds = 120

interface Shown {
  projectId: ProjectId
  versionId: VersionId | null
  template: Template
  /** Where the mail of a sandbox waits that cannot reach out; null for one that can. */
  mailFrom: string | null
}

/** Runs a runner that only brings the files and the preview up, to its end. Throws with the runner's last words. */
export async function bringUp(desk: JobDesk, sandboxId: string, shown: Shown): Promise<void> {
  const { projectId, versionId, template, mailFrom } = shown
  const run = { projectId, generationId: null, attempt: 0 }
  const [token, base, live] = await Promise.all([
    desk.runTokens.mint(run, withinSeconds + 30),
    baseOf(desk.objects, projectId, versionId),
    doorsOf(desk, projectId),
  ])
  const { api } = desk.origins
  const mail = mailFrom !== null
  const job: RunJob = { mode: 'sync', mail, projectId, template, api, token, base, live, generation: null }
  const file = jobFile(`sync-${desk.now().getTime()}`)
  await desk.provider.writeFile(sandboxId, file, JSON.stringify(job))
  const running = { is: true }
  const [{ exitCode, output }] = await Promise.all([
    desk.provider.run(sandboxId, runnerCommand(file), withinSeconds).finally(() => (running.is = false)),
    mailFrom === null ? undefined : carryMail(desk, { projectId, liveUrl: mailFrom }, async () => running.is),
  ])
  if (exitCode !== 0) throw new Error(`The runner ended with ${exitCode}: ${output.slice(-500)}`)
}
