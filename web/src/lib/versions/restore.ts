import { Problem } from '#lib/api.ts'
import type { Version } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { say, sayProblem, sayWithUndo } from '#lib/notify.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'

/** Makes an old version current again; the word on it offers to go back to the one that was left. */
export async function restoreVersion(bench: Workbench, version: Version): Promise<void> {
  const left = bench.versions.items[0]
  const answer = await bench.restore(version.id)
  if (answer instanceof Problem) return void sayProblem(answer)
  const said = m.versions_restored({ number: version.number, now: answer.number })
  if (left) void sayWithUndo(said, () => void goBack(bench, answer, left))
}

/** Takes a version back that was just made; not over the head of whoever saved another meanwhile. */
export async function goBack(bench: Workbench, made: Version, left: Version): Promise<void> {
  const overtaken = bench.versions.items[0]?.id !== made.id
  await (overtaken ? say(m.versions_overtaken()) : restoreVersion(bench, left))
}
