import type { Eval } from '../vocabulary.ts'
import { budget } from './budget.ts'
import { calculator } from './calculator.ts'
import { calendar } from './calendar.ts'
import { chat } from './chat.ts'
import { crm } from './crm.ts'
import { dashboard } from './dashboard.ts'
import { habits } from './habits.ts'
import { inventory } from './inventory.ts'
import { invoice } from './invoice.ts'
import { kanban } from './kanban.ts'
import { landingPage } from './landing-page.ts'
import { markdownEditor } from './markdown-editor.ts'
import { memoryGame } from './memory-game.ts'
import { notes } from './notes.ts'
import { poll } from './poll.ts'
import { portfolio } from './portfolio.ts'
import { pricingPage } from './pricing-page.ts'
import { quiz } from './quiz.ts'
import { recipes } from './recipes.ts'
import { survey } from './survey.ts'
import { timer } from './timer.ts'
import { todo } from './todo.ts'
import { unitConverter } from './unit-converter.ts'
import { weather } from './weather.ts'

/** Every app that is asked for, in the order of the table. */
export const evals: readonly Eval[] = [
  todo,
  habits,
  kanban,
  budget,
  dashboard,
  landingPage,
  timer,
  quiz,
  notes,
  recipes,
  calculator,
  unitConverter,
  memoryGame,
  markdownEditor,
  poll,
  calendar,
  inventory,
  invoice,
  crm,
  chat,
  portfolio,
  pricingPage,
  survey,
  weather,
]
