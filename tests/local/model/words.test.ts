import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accentIn, asksForDark } from '../../../local/model/colours.ts'
import { scenarioFor } from '../../../local/model/scenarios/index.ts'
import { newNameIn, nounOf, plural, titleOf, topicOf } from '../../../local/model/words.ts'

const titles = [
  ['a habit tracker with streaks', 'Habit tracker'],
  ['a purple to-do list for plants', 'To-do list for plants'],
  ['Build me a simple kanban board for my team, please', 'Kanban board for my team'],
  ['I want an expense tracker app in dark green', 'Expense tracker'],
  ['create a landing page for a bakery', 'Bakery'],
  ['a website about vintage synthesizers', 'Vintage synthesizers'],
  ['an app called "Sprout" that tracks plants', 'Sprout'],
  ['a dashboard named Northwind Sales with charts', 'Northwind Sales'],
  ['a `${x}` <script> {{title}} page', 'X script title page'],
  ['build me a', 'Fallback'],
  ["Anna's recipe box", 'Anna’s recipe box'],
] as const

for (const [prompt, title] of titles) {
  test(`the title of “${prompt}” is “${title}”`, () => assert.equal(titleOf(prompt, 'Fallback'), title))
}

test('items are named after what the list is for, people and places are not items', () => {
  assert.equal(nounOf('a purple to-do list for plants', 'task'), 'plant')
  assert.equal(nounOf('a list of recipes', 'task'), 'recipe')
  assert.equal(nounOf('a to-do list for my family', 'task'), 'task')
  assert.equal(nounOf('a board for work', 'card'), 'card')
  assert.equal(plural('category'), 'categories')
  assert.equal(plural('dish'), 'dishes')
})

test('a topic stands in a sentence', () => {
  assert.equal(topicOf('a website about old maps', 'x'), 'old maps')
  assert.equal(topicOf('a coffee subscription site called Beanly', 'x'), 'coffee subscription')
})

test('colours are heard, and a dark red is not a dark page', () => {
  assert.equal(accentIn('make it teal')?.name, 'teal')
  assert.equal(accentIn('a list of predictions'), undefined)
  assert.equal(asksForDark('add a dark mode'), true)
  assert.equal(asksForDark('in dark red'), false)
  assert.equal(asksForDark('light and dark'), false)
})

test('a rename is heard with and without quotes', () => {
  assert.equal(newNameIn('rename it to Evergreen'), 'Evergreen')
  assert.equal(newNameIn('Please call it “Deep Work”'), 'Deep Work')
  assert.equal(newNameIn('rename it'), undefined)
})

const choices = [
  ['a to-do list', 'todo-list'],
  ['grocery list for the weekend', 'todo-list'],
  ['track my habits', 'habit-tracker'],
  ['a landing page for my startup', 'landing-page'],
  ['a trello clone', 'kanban'],
  ['sales dashboard with charts', 'dashboard'],
  ['where does my spending go', 'expense-tracker'],
  ['a chess clock', 'page'],
] as const

for (const [prompt, name] of choices) {
  test(`“${prompt}” is answered with ${name}`, () => {
    assert.equal(scenarioFor({ prompt, template: 'react' }).name, name)
  })
}

test('without a framework there is a landing page and a page about anything', () => {
  assert.equal(scenarioFor({ prompt: 'a landing page for a bakery', template: 'static' }).name, 'static-landing')
  assert.equal(scenarioFor({ prompt: 'a habit tracker', template: 'static' }).name, 'static-page')
})
