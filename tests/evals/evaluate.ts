import postgres from 'postgres'
import type { Settings } from '../../scripts/settings.ts'
import { onStage } from '../bench/parts/stages.ts'
import { openStack } from '../stack/open-stack.ts'
import { openBrowser } from '../templates/browser.ts'
import { runEval, type Outcome, type Stage } from './run-eval.ts'
import type { Eval } from './vocabulary.ts'

interface Wanted {
  evals: readonly Eval[]
  settings?: Settings
  /** Told of each app when it is done. */
  onDone?: (outcome: Outcome) => void
}

const atOnce = 2
const patience = { scripted: 180, real: 1_200 }

/** Runs the evals on a stack of their own, two at once; answers in the order in which they were asked for. */
export function evaluate({ evals, settings = {}, onDone = () => {} }: Wanted): Promise<Outcome[]> {
  return onStage(async (stage) => {
    const model = settings['EVAL_MODEL']
    const stack = await openStack(stage, { settings })
    const browser = await openBrowser()
    stage.after(() => browser.close())
    const owner = stack.standIns.postgres?.ownerUrl
    const sql = owner ? postgres(owner, { max: 2, onnotice: () => {} }) : undefined
    stage.after(async () => void (await sql?.end({ timeout: 1 })))
    const scripted = (model ?? stack.environment['MODEL'] ?? '').startsWith('scripted-')
    const seconds = scripted ? patience.scripted : patience.real
    return inOrder(evals, { stack, browser, sql, model, seconds }, onDone)
  })
}

async function inOrder(evals: readonly Eval[], stage: Stage, onDone: (outcome: Outcome) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const left = [...evals.entries()]
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, wanted] = next
      const outcome = await runEval(stage, wanted)
      outcomes[at] = outcome
      onDone(outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return outcomes
}
