import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildApp, looksRight } from './built-app.ts'

/** Apps whose use the evals prove; here they pass their checks and look right, in light and dark, wide and narrow. */
const prompts: readonly (readonly [prompt: string, title: string])[] = [
  ['a pomodoro timer', 'Pomodoro timer'],
  ['a quiz about the world', 'Quiz about the world'],
  ['a notes app', 'Notes'],
  ['a pocket calculator', 'Pocket calculator'],
  ['a unit converter', 'Unit converter'],
  ['a green memory game', 'Memory game'],
  ['a markdown editor', 'Markdown editor'],
  ['a poll for my team', 'Poll for my team'],
  ['a calendar', 'Calendar'],
  ['an inventory for a coffee bar', 'Inventory for a coffee bar'],
  ['a recipe book', 'Recipe book'],
  ['an invoice generator', 'Invoice generator'],
]

for (const [prompt, title] of prompts) {
  test(prompt, async () => {
    await using app = await buildApp(prompt)
    assert.equal(await app.page.title(), title)
    assert.match(app.said, /This was a scripted demo, no model\.$/)
    await looksRight(app.page)
    assert.deepEqual(app.complaints, [])
  })
}
