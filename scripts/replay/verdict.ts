import type { Recording } from '../../lib/contract/recording.ts'
import type { ReplayedStep } from '../../sandbox/replay/wire.ts'

export interface Verdict {
  lines: string[]
  identical: boolean
}

/** What a replay came to, step by step, and whether every tree was made again to the byte. */
export function verdictOf(recording: Recording, replayed: readonly ReplayedStep[], faults: readonly string[]): Verdict {
  const first = replayed.find(({ tree }) => tree === 'differs')
  const missing = recording.steps.length + 1 - replayed.length
  const identical = !first && missing === 0 && faults.length === 0
  const lines = [...faults, ...replayed.map((step) => lineOf(step, recording)), ...replayed.flatMap(explain)]
  if (missing > 0) lines.push(`${missing} steps were not made again.`)
  const said = replayed.flatMap(({ calls }) => calls).filter((call) => call.said === 'differs').length
  if (identical) {
    const note = said > 0 ? ` (${said} calls said something else: they tell the time, or depend on the machine)` : ''
    return { lines: [...lines, `byte-identical: ${recording.steps.length} steps${note}`], identical }
  }
  return { lines: [...lines, first ? `differs first at ${nameOf(first)}` : 'not what was recorded'], identical }
}

const nameOf = ({ n }: ReplayedStep) => (n === 0 ? 'the files it began with' : `step ${n}`)

function lineOf({ n, drift, calls, tree }: ReplayedStep, { steps, start }: Recording): string {
  const digest = (n === 0 ? start : steps.find((step) => step.n === n)?.tree) ?? ''
  const names = calls.map(({ name, said }) => (said === 'same' ? name : `${name}*`)).join(' ')
  const from = drift > 0 ? `${drift} changed before · ` : ''
  return `${(n === 0 ? 'start' : `step ${n}`).padEnd(8)} ${tree.padEnd(8)} ${digest.slice(0, 12)}  ${from}${names}`.trimEnd()
}

function explain({ n, calls, tree, differs, goesOn }: ReplayedStep): string[] {
  if (tree === 'same') return []
  const isCommand = calls.some(({ name }) => name === 'bash')
  const why = isCommand ? 'a command in it may depend on the time or the machine' : 'no command ran in it'
  const next = goesOn ? 'The next step began with the files as recorded.' : 'The recorded files could not be brought.'
  return [`${n === 0 ? 'start' : `step ${n}`}: ${differs.join(', ') || 'its files'} differ; ${why}. ${next}`]
}
