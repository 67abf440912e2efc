import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { close, listen } from '../../local/listen.ts'
import { openBrowser } from '../templates/browser.ts'
import { evals } from './cases/index.ts'
import { evaluate } from './evaluate.ts'
import { perform } from './perform.ts'
import type { Outcome, TurnOutcome } from './run-eval.ts'
import { allPassed, table } from './table.ts'
import type { Check } from './vocabulary.ts'

test('there are 24 apps, each with checks and a follow-up, and 16 of them the scripted model really has', () => {
  assert.equal(evals.length, 24)
  assert.equal(new Set(evals.map(({ name }) => name)).size, 24)
  for (const { name, checks, followUps } of evals) assert.ok(checks.length > 0 && followUps.length > 0, name)
  assert.ok(evals.filter(({ scriptedPage }) => !scriptedPage).length >= 16)
})

describe('what is done in the browser', () => {
  const page = `<!doctype html><title>Shop</title><h1>Shop</h1>
    <form><input placeholder="New item"><button>Add</button></form><ul></ul>
    <script>
      const list = document.querySelector('ul')
      const kept = JSON.parse(localStorage.getItem('items') ?? '[]')
      const show = () => { list.innerHTML = kept.map((item) => '<li>' + item + '</li>').join('') }
      document.querySelector('form').onsubmit = (event) => {
        event.preventDefault()
        kept.push(document.querySelector('input').value)
        localStorage.setItem('items', JSON.stringify(kept))
        show()
      }
      show()
    </script>`
  const forgetful = page.replace("localStorage.setItem('items', JSON.stringify(kept))", '')
  const checks: Check[] = [
    {
      that: 'an item can be added',
      do: [{ fill: { box: /item/i }, with: 'Tea', enter: true }, { see: { row: /^Tea$/ } }],
    },
    {
      that: 'it is there after a reload',
      do: [{ reload: true }, { see: { row: /^Tea$/ } }, { count: { css: 'li' }, atLeast: 1 }],
    },
    { that: 'it is light', do: [{ ground: 'light' }] },
  ]

  async function failuresOn(html: string): Promise<string[]> {
    const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
    const port = await listen(server, 0)
    const browser = await openBrowser()
    try {
      const found = await perform(await browser.newPage(), `http://127.0.0.1:${port}/`, checks)
      return [...found.keys()].map(({ that }) => that)
    } finally {
      await browser.close()
      await close(server)
    }
  }

  test('an app that works passes', async () => assert.deepEqual(await failuresOn(page), []))

  test('an app that forgets fails by the check that says so, and no other', async () => {
    assert.deepEqual(await failuresOn(forgetful), ['it is there after a reload'])
  })

  test('a page that is not there fails every check', async () => {
    assert.equal((await failuresOn('')).length, 3)
  })
})

const turn: TurnOutcome = {
  prompt: 'a shop',
  state: 'succeeded',
  failure: null,
  answer: 'Done.',
  passed: 3,
  of: 3,
  failures: [],
  previewSeconds: 1.25,
  greenSeconds: 9,
  steps: 5,
  repairs: 1,
  tokens: 1_000,
  micros: 12_500,
  linesTouched: 50,
  linesNeedless: 5,
}

test('the table adds up the turns of each app and names what failed', () => {
  const broken = { that: 'it is there after a reload', why: 'it was not', before: true }
  const outcomes: Outcome[] = [
    {
      name: 'shop',
      model: 'scripted-1',
      general: false,
      turns: [turn, { ...turn, of: 4, passed: 3, failures: [broken] }],
    },
    { name: 'weather', model: 'scripted-1', general: true, turns: [{ ...turn, tokens: null, greenSeconds: null }] },
  ]
  const lines = table(outcomes).split('\n')
  assert.deepEqual(lines.slice(0, 4), [
    '| app       | checks | broken later | preview | green | steps | repairs | tokens | cost    | needless |',
    '| --------- | ------ | ------------ | ------- | ----- | ----- | ------- | ------ | ------- | -------- |',
    '| shop      | 6/7    | 1            | 1.3 s   | 9.0 s | 10    | 2       | 2000   | $0.0250 | 10 %     |',
    '| weather ¹ | 3/3    | 0            | 1.3 s   | –     | 5     | 1       | –      | $0.0125 | 10 %     |',
  ])
  assert.equal(lines.at(-1), 'shop: broke: it is there after a reload, after “a shop”: it was not')
  assert.equal(allPassed(outcomes), false)
  assert.equal(allPassed(outcomes.slice(1)), true)
})

test('one app is built, changed and used from end to end', { timeout: 280_000 }, async () => {
  const outcomes = await evaluate({ evals: evals.filter(({ name }) => name === 'memory-game') })
  assert.equal(allPassed(outcomes), true, table(outcomes))
  const [first, second] = outcomes[0]?.turns ?? []
  assert.deepEqual([first?.passed, second?.passed, outcomes[0]?.turns.length], [3, 4, 2])
  assert.ok((first?.steps ?? 0) >= 4 && (first?.micros ?? 0) > 0 && (first?.tokens ?? 0) > 1_000)
  assert.ok((first?.previewSeconds ?? 0) > 0 && (first?.linesTouched ?? 0) > 100)
})
