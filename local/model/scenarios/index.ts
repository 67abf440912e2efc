import type { Scenario } from '../scenario.ts'
import type { Turn } from '../turn.ts'
import { dashboard } from './dashboard/scenario.ts'
import { expenseTracker } from './expense-tracker/scenario.ts'
import { habitTracker } from './habit-tracker/scenario.ts'
import { kanban } from './kanban/scenario.ts'
import { landingPage } from './landing-page/scenario.ts'
import { page } from './page/scenario.ts'
import { staticLanding } from './static-landing/scenario.ts'
import { staticPage } from './static-page/scenario.ts'
import { todoList } from './todo-list/scenario.ts'

const named = [habitTracker, expenseTracker, kanban, dashboard, landingPage, staticLanding, todoList]
const anything = { react: page, static: staticPage }

/** The scenario that a prompt asks for by its words; a page about the prompt when it names none. */
export const scenarioFor = (turn: Pick<Turn, 'prompt' | 'template'>): Scenario => find(turn) ?? anything[turn.template]

/** Whether the prompt names one of the known apps. */
export const isNamed = (turn: Pick<Turn, 'prompt' | 'template'>): boolean => find(turn) !== undefined

const find = ({ prompt, template }: Pick<Turn, 'prompt' | 'template'>): Scenario | undefined =>
  named.find((scenario) => scenario.template === template && scenario.asks.test(prompt))
