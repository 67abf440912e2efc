import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import type { Sql } from 'postgres'
import type { Generation } from '../../lib/contract/generation.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import type { Caller, OpenStack } from '../stack/open-stack.ts'
import { until } from '../world/until.ts'
import { follow, type Follower } from './follow.ts'
import { generalPage } from './general-page.ts'
import { measure, type Measures } from './measures.ts'
import { perform } from './perform.ts'
import type { Check, Eval, Turn } from './vocabulary.ts'

export interface Stage {
  stack: OpenStack
  browser: Browser
  sql: Sql | undefined
  /** Asked for by name; undefined takes the one of the settings. */
  model: string | undefined
  /** How long one run may take. */
  seconds: number
}

/** What came of one request: the checks it was made for, and those of before that it must not break. */
export interface TurnOutcome extends Measures {
  prompt: string
  state: Generation['state'] | 'refused'
  failure: string | null
  /** The model's last words. */
  answer: string
  passed: number
  of: number
  failures: { that: string; why: string; before: boolean }[]
}

export interface Outcome {
  name: string
  model: string
  /** The scripted model answered with its general page. */
  general: boolean
  turns: TurnOutcome[]
}

/** Lets one app be built and changed by the public API, and uses it in a browser after each run. */
export async function runEval(stage: Stage, wanted: Eval): Promise<Outcome> {
  const person = await stage.stack.as(`eval-${wanted.name}-${randomUUID().slice(0, 8)}@example.com`)
  const { body: project } = await person.post<Project>(paths.projects(), { name: `Eval ${wanted.name}` })
  const model = stage.model ?? stage.stack.environment['MODEL'] ?? ''
  const general = wanted.scriptedPage === true && model.startsWith('scripted-')
  const first = { prompt: wanted.prompt, checks: general ? generalPage : wanted.checks }
  const log = follow(person, project.id)
  const turns: TurnOutcome[] = []
  const earlier: Check[] = []
  for (const turn of [first, ...wanted.followUps]) {
    turns.push(await runTurn(stage, { person, project: project.id, log, turn, earlier }))
    earlier.push(...turn.checks)
  }
  await person.delete(paths.project(project.id))
  await person.delete(paths.deletedProject(project.id))
  return { name: wanted.name, model, general, turns }
}

interface Place {
  person: Caller
  project: ProjectId
  log: Follower
  turn: Turn
  earlier: readonly Check[]
}

async function runTurn(stage: Stage, place: Place): Promise<TurnOutcome> {
  const { person, project, log, turn, earlier } = place
  const checks = [...earlier, ...turn.checks]
  const ended = await ask(stage, place)
  if (!ended)
    return {
      ...nothing,
      prompt: turn.prompt,
      state: 'refused',
      failure: null,
      answer: '',
      ...verdict(checks, 'refused'),
    }
  const [found, measures] = await Promise.all([
    inBrowser(stage, { person, project, checks }),
    measure({ person, ended, events: log.events, sql: stage.sql }),
  ])
  const failures = [...found].map(([check, why]) => ({ that: check.that, why, before: earlier.includes(check) }))
  const counts = { passed: checks.length - failures.length, of: checks.length, failures }
  return {
    prompt: turn.prompt,
    state: ended.state,
    failure: reasonOf(ended),
    answer: ended.answer ?? '',
    ...measures,
    ...counts,
  }
}

const reasonOf = ({ failure, diagnosis }: Generation): string | null =>
  failure && (diagnosis ? `${failure.code}, ${diagnosis.check}: ${diagnosis.message.slice(0, 300)}` : failure.code)

const nothing: Measures = {
  previewSeconds: null,
  greenSeconds: null,
  steps: 0,
  repairs: 0,
  tokens: null,
  micros: 0,
  linesTouched: 0,
  linesNeedless: 0,
}

const verdict = (checks: readonly Check[], why: string) => ({
  passed: 0,
  of: checks.length,
  failures: checks.map(({ that }) => ({ that, why, before: false })),
})

/** Asks, and answers the model's questions with its own first choice: a person who does not mind. */
async function ask({ model, seconds }: Stage, place: Place): Promise<Generation | undefined> {
  const { person, project, log, turn } = place
  for (let words = turn.prompt, questions = 0; ; questions++) {
    const wish = { prompt: words, ...(model === undefined ? {} : { model }) }
    const { status, body } = await person.post<Generation>(projectPaths.generate(project), wish)
    if (status !== 202) return undefined
    const ended = await log.toEnd(body.id, seconds)
    if (!ended?.question || questions === 2) return ended
    words = ended.question.choices[0] ?? 'Decide yourself.'
  }
}

async function inBrowser(
  { browser }: Stage,
  { person, project, checks }: { person: Caller; project: ProjectId; checks: readonly Check[] },
): Promise<Map<Check, string>> {
  const shown = await until(
    async () => (await person.get<Sandbox>(projectPaths.sandbox(project))).body,
    ({ state, preview }) => state === 'failed' || (state === 'started' && preview !== null),
    60_000,
  ).catch(() => undefined)
  if (!shown?.preview) return new Map(checks.map((check) => [check, 'there is no preview']))
  // A browser that has never been there: what an app keeps, it keeps from these checks alone.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  try {
    return await perform(await context.newPage(), shown.preview.url, checks)
  } finally {
    await context.close()
  }
}
