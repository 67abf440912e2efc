import { readFileSync } from 'node:fs'
import type { FileEntry } from '../../lib/contract/version.ts'
import { stepsBetween, treeAfter, treeText } from '../../lib/domain/recording.ts'
import { lockedHost } from '../runner/host/locked-host.ts'
import { sha256Of } from '../runner/storage/sha256.ts'
import { openToolHost, type ToolHost } from '../runner/host/tool-host.ts'
import { bringTree } from '../runner/workspace.ts'
import { ReplayJob, type ReplayedStep } from './wire.ts'

type Step = ReplayJob['steps'][number]

/** `replay.js <job file>`: makes the files of a recorded run again, call by call, and prints a line for each step. */
async function main() {
  const job = ReplayJob.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
  const host = openToolHost(job.template)
  try {
    await bring(job.start.files, { host, job })
    let before = await filesNow(host)
    tell({ n: 0, drift: 0, calls: [], ...compare(before, { files: job.start.files ?? before, tree: job.start.tree }) })
    await host.ask({ op: 'modules' })
    for (const step of job.steps) before = await replay(step, before, { host, job })
  } finally {
    await host.close()
  }
}

interface Means {
  host: ToolHost
  job: ReplayJob
}

/** Answers the files that the next step begins with: those of the recording, whatever came of this one. */
async function replay(step: Step, before: readonly FileEntry[], means: Means): Promise<FileEntry[]> {
  const { host, hold } = lockedHost(means.host, step.locked)
  const begun = treeAfter(before, step.drift)
  if (step.drift.length > 0) await bring(begun, means)
  await hold()
  const calls: ReplayedStep['calls'] = []
  let dependencies = false
  for (const { name, input, readOnly, output, ok } of step.tools) {
    const used = await host.ask({ op: 'use', tool: name, input, readOnly })
    const isSame = used.ok === ok && (used.output === output || isShuffled(name, used.output, output))
    calls.push({ name, said: isSame ? 'same' : 'differs' })
    dependencies ||= used.changes.some(({ path }) => path === 'package.json')
  }
  if (dependencies) await host.ask({ op: 'modules' })
  const recorded = treeAfter(begun, step.changes)
  const now = await filesNow(host)
  const compared = compare(now, { files: recorded, tree: step.tree })
  const goesOn = compared.tree === 'same' || (await bring(recorded, means))
  tell({ n: step.n, drift: step.drift.length, calls, ...compared, goesOn })
  return goesOn ? recorded : now
}

// The newest file comes first, and here all are new; a search goes through folders as the disk has them. What a build
// left behind is found too, and is no part of a version.
function isShuffled(tool: string, said: string, before: string): boolean {
  if (tool !== 'glob' && tool !== 'grep') return false
  const lines = (text: string) => text.split('\n').filter((line) => !derived.test(line))
  return lines(said).toSorted().join('\n') === lines(before).toSorted().join('\n')
}

const derived = /^(\.\/|\/home\/app\/project\/)?(dist|\.vite|node_modules)(\/|$)/

function compare(now: readonly FileEntry[], recorded: { files: readonly FileEntry[]; tree: string }) {
  const isSame = sha256Of(treeText(now)) === recorded.tree
  const differs = isSame ? [] : stepsBetween(recorded.files, now).map(({ path }) => path)
  return { tree: isSame ? ('same' as const) : ('differs' as const), differs: differs.slice(0, 20), goesOn: true }
}

/** False when a content is missing. */
async function bring(target: readonly FileEntry[] | null, { host, job }: Means): Promise<boolean> {
  return bringTree(target, host, async (files) => {
    const written = files.map(({ path, mode, sha256 }) => ({ path, mode, base64: contentOf(job, sha256) }))
    await host.ask({ op: 'write', files: written })
  }).then(
    () => true,
    () => false,
  )
}

function contentOf({ contents }: ReplayJob, sha256: string): string {
  const found = contents[sha256]
  if (found === undefined) throw new Error(`The content ${sha256} is missing.`)
  return found
}

const filesNow = async (host: ToolHost) => (await host.ask({ op: 'snapshot', of: 'project' })).files

const tell = (step: ReplayedStep) => console.log(JSON.stringify(step))

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
