import type { JobDesk } from '../../../lib/context.ts'
import type { ProjectId, VersionId } from '../../../lib/contract/ids.ts'
import type { Template } from '../../../lib/contract/project.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { jobFile, runnerCommand } from '../../../lib/domain/run.ts'
import { baseOf } from '../../../lib/work/workspace.ts'
import { doorsOf } from '../../../lib/work/sandbox.ts'

const withinSeconds = 120

interface Shown {
  projectId: ProjectId
  versionId: VersionId | null
  template: Template
}

/** Runs a runner that only brings the files and the preview up, to its end. Throws with the runner's last words. */
export async function bringUp(desk: JobDesk, sandboxId: string, shown: Shown): Promise<void> {
  const { projectId, versionId, template } = shown
  const run = { projectId, generationId: null, attempt: 0 }
  const [token, base, live] = await Promise.all([
    desk.runTokens.mint(run, withinSeconds + 30),
    baseOf(desk.objects, projectId, versionId),
    doorsOf(desk, projectId),
  ])
  const { api } = desk.origins
  const job: RunJob = { mode: 'sync', projectId, template, api, token, base, live, generation: null }
  const file = jobFile(`sync-${desk.now().getTime()}`)
  await desk.provider.writeFile(sandboxId, file, JSON.stringify(job))
  const { exitCode, output } = await desk.provider.run(sandboxId, runnerCommand(file), withinSeconds)
  if (exitCode !== 0) throw new Error(`The runner ended with ${exitCode}: ${output.slice(-500)}`)
}
