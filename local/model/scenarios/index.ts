import type { Scenario } from '../scenario.ts'
import type { Turn } from '../turn.ts'
import { calculator } from './calculator/scenario.ts'
import { calendar } from './calendar/scenario.ts'
import { converter } from './converter/scenario.ts'
import { dashboard } from './dashboard/scenario.ts'
import { expenseTracker } from './expense-tracker/scenario.ts'
import { habitTracker } from './habit-tracker/scenario.ts'
import { inventory } from './inventory/scenario.ts'
import { invoice } from './invoice/scenario.ts'
import { kanban } from './kanban/scenario.ts'
import { landingPage } from './landing-page/scenario.ts'
import { markdown } from './markdown/scenario.ts'
import { memoryGame } from './memory-game/scenario.ts'
import { notes } from './notes/scenario.ts'
import { page } from './page/scenario.ts'
import { poll } from './poll/scenario.ts'
import { quiz } from './quiz/scenario.ts'
import { recipes } from './recipes/scenario.ts'
import { staticLanding } from './static-landing/scenario.ts'
import { staticPage } from './static-page/scenario.ts'
import { timer } from './timer/scenario.ts'
import { todoList } from './todo-list/scenario.ts'

// In the order in which they are asked: what has a name of its own before what is named in many sentences.
const named = [
  habitTracker,
  landingPage,
  staticLanding,
  memoryGame,
  quiz,
  markdown,
  invoice,
  inventory,
  recipes,
  poll,
  expenseTracker,
  kanban,
  dashboard,
  todoList,
  calculator,
  converter,
  calendar,
  timer,
  notes,
]
const anything = { react: page, static: staticPage }

/** The scenario that a prompt asks for by its words; a page about the prompt when it names none. */
export const scenarioFor = (turn: Pick<Turn, 'prompt' | 'template'>): Scenario => find(turn) ?? anything[turn.template]

/** Whether the prompt names one of the known apps. */
export const isNamed = (turn: Pick<Turn, 'prompt' | 'template'>): boolean => find(turn) !== undefined

const find = ({ prompt, template }: Pick<Turn, 'prompt' | 'template'>): Scenario | undefined =>
  named.find((scenario) => scenario.template === template && scenario.asks.test(prompt))
