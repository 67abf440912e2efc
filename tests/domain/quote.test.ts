import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceOf, unpriced, type ModelPrice } from '../../lib/domain/prices.ts'
import { estimate, inputTokens, type LikeRuns } from '../../lib/domain/quote.ts'
import { tokensOf } from '../../lib/domain/tokens.ts'

const price = priceOf('claude-sonnet-5-5', new Date('2026-11-22')) as ModelPrice

/** What Anthropic's published tokenizer counts, and these texts again with the 35 % that newer models count more at most. */
const counted: [text: string, tokens: number][] = [
  ['Build me a habit tracker where I can add habits, tick them off each day and see my streaks.', 22],
  ['Baue mir bitte eine Anwendung, in der ich meine Gewohnheiten eintragen, jeden Tag abhaken kann.', 30],
  ['毎日の習慣を追加して、チェックし、連続記録を見られるアプリを作ってください。', 43],
  ['Сделай приложение, в котором я могу добавлять привычки, отмечать их каждый день.', 38],
  ['أنشئ لي تطبيقًا يمكنني فيه إضافة العادات وتحديدها كل يوم.', 58],
  ['export const add = (a: number, b: number): number => a + b\nconsole.log(add(1, 2), `${a} is ${b}`)', 38],
]

test('tokens are estimated rather too many than too few, and not twice as many as the most there can be', () => {
  for (const [text, tokens] of counted) {
    const estimated = tokensOf(text)
    assert.ok(estimated >= tokens && estimated <= 1.35 * 2 * tokens, `${estimated} of ${tokens} for ${text}`)
  }
  assert.equal(tokensOf(''), 0)
})

const asked = { mode: 'build', prompt: '', attachments: [], rules: '', said: { characters: 0, bytes: 0 } } as const

test('the first request is what every run is told, what was said, and what it points at', () => {
  assert.equal(inputTokens(asked), 2_600)
  assert.equal(inputTokens({ ...asked, mode: 'plan' }), 1_900)
  assert.equal(inputTokens({ ...asked, prompt: 'x'.repeat(320), rules: 'x'.repeat(32) }), 2_710)
  const image = { kind: 'image', imageId: 'img_00000000000000000000' } as const
  assert.equal(inputTokens({ ...asked, attachments: [image, image] }), 5_800)
  assert.equal(inputTokens({ ...asked, said: { characters: 3_200_000, bytes: 3_200_000 } }), 152_600)
})

test('without like runs a rule of thumb holds, by the prices of the model', () => {
  assert.deepEqual(estimate(price, { mode: 'build', input: 3_000, like: null }), {
    usuallyMicros: 130_200,
    atMostMicros: 880_000,
    leastMicros: 49_375,
  })
  assert.deepEqual(estimate(price, { mode: 'plan', input: 2_000, like: null }), {
    usuallyMicros: 45_100,
    atMostMicros: 230_000,
    leastMicros: 46_250,
  })
  const dearer = { ...price, input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }
  assert.deepEqual(estimate(dearer, { mode: 'build', input: 3_000, like: null }), {
    usuallyMicros: 260_400,
    atMostMicros: 1_760_000,
    leastMicros: 98_750,
  })
})

const like: LikeRuns = {
  runs: 12,
  steps: 4,
  input: 3_000,
  usual: {
    input_tokens: 0,
    output_tokens: 6_000,
    cache_read_input_tokens: 20_000,
    cache_creation_input_tokens: 10_000,
  },
  high: {
    input_tokens: 0,
    output_tokens: 20_000,
    cache_read_input_tokens: 90_000,
    cache_creation_input_tokens: 30_000,
  },
}

test('with like runs it is what they came to, with more to read at first when there is more', () => {
  assert.deepEqual(estimate(price, { mode: 'build', input: 3_000, like: like }), {
    usuallyMicros: 87_000,
    atMostMicros: 480_000,
    leastMicros: 49_375,
  })
  const longer = estimate(price, { mode: 'build', input: 103_000, like: like })
  assert.equal(longer.usuallyMicros, 367_000)
  assert.equal(longer.atMostMicros, 1_070_000)
})

test('few like runs, or cheap ones, do not make the stop so tight that a build cannot end', () => {
  assert.deepEqual(
    estimate(price, { mode: 'build', input: 3_000, like: { ...like, runs: 4 } }),
    estimate(price, { mode: 'build', input: 3_000, like: null }),
  )
  const cheap = { ...like, usual: { input_tokens: 0, output_tokens: 10 }, high: { input_tokens: 0, output_tokens: 20 } }
  assert.equal(estimate(price, { mode: 'build', input: 3_000, like: cheap }).atMostMicros, 270_000)
})

test('more room, more to read or a dearer model never make it cheaper', () => {
  for (const input of [0, 100, 5_000, 40_000, 150_000]) {
    for (const known of [null, like]) {
      const [less, more] = [
        estimate(price, { mode: 'build', input: input, like: known }),
        estimate(price, { mode: 'build', input: input + 10_000, like: known }),
      ]
      const dear = estimate({ ...price, output: 20 }, { mode: 'build', input: input, like: known })
      assert.ok(less.atMostMicros <= more.atMostMicros && less.atMostMicros <= dear.atMostMicros)
      assert.ok(less.usuallyMicros <= less.atMostMicros && less.leastMicros <= less.atMostMicros)
      assert.equal(less.atMostMicros % 10_000, 0)
    }
  }
})

test('what nobody knows the price of is held back by the cap of the tier alone', () => {
  assert.deepEqual(estimate(unpriced, { mode: 'build', input: 3_000, like: like }), {
    usuallyMicros: 0,
    atMostMicros: Infinity,
    leastMicros: 0,
  })
})
