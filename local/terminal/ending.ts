import type { Generation } from '../../lib/contract/generation.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import type { FileEntry } from '../../lib/contract/version.ts'
import { dollars } from './dollars.ts'

interface Ended {
  ended: Generation
  sandbox: Sandbox
  files: readonly FileEntry[]
  url: string
  seconds: number
}

/** The last words of a build: what came of it, what it cost, where it is. */
export function endingOf({ ended, sandbox, files, url, seconds }: Ended): string[] {
  const cost = `${dollars(ended.cost.micros)}${ended.cost.simulated ? ' (simulated: scripted demo, no model, nobody pays)' : ''}`
  const told = ended.failure
    ? [
        `It did not end well after ${seconds.toFixed(1)} s: ${ended.failure.happened}`,
        ended.failure.kept,
        ended.failure.next,
        `Cost: ${cost}`,
      ]
    : [`Done in ${seconds.toFixed(1)} s. Cost: ${cost}`]
  return [
    ...told,
    ...(files.length > 0 ? [`Files: ${files.map(({ path }) => path).join(', ')}`] : []),
    `Project: ${url}/projects/${ended.projectId}`,
    ...(sandbox.preview ? [`Preview: ${sandbox.preview.url}`] : []),
  ]
}
