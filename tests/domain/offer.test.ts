import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '../../lib/domain/catalogue.ts'
import { choose, defaultOf, offeredTo, type Engine } from '../../lib/domain/offer.ts'
import { modelPrices } from '../../lib/domain/prices.ts'

const plain: Engine = { models: null, defaultModel: null, ownModel: null }
const real = { tier: 'pro', installed: 'claude-sonnet-5-5' } as const
const all = ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-sonnet-5', 'claude-haiku-4-5']

test('every model that has a price is known, and every known one has a price', () => {
  assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(modelPrices).sort())
})

test('a sibling is of the same tiers and no dearer', () => {
  for (const [model, { sibling, tiers }] of Object.entries(catalogue)) {
    if (sibling === null) continue
    for (const tier of tiers) assert.ok(catalogue[sibling]?.tiers.includes(tier), `${model} → ${sibling}`)
    const [own, other] = [modelPrices[model]?.[0], modelPrices[sibling]?.[0]]
    assert.ok(own && other && other.output <= own.output, `${model} → ${sibling}`)
  }
})

test('a tier is offered its models, and an organization allows some of them', () => {
  assert.deepEqual(offeredTo({ ...real, engine: plain }), all)
  assert.deepEqual(offeredTo({ ...real, tier: 'free', engine: plain }), all.slice(1))
  const narrow = { ...plain, models: ['claude-haiku-4-5', 'claude-opus-5-5', 'gone'] }
  assert.deepEqual(offeredTo({ ...real, engine: narrow }), ['claude-opus-5-5', 'claude-haiku-4-5'])
  assert.deepEqual(offeredTo({ ...real, tier: 'free', engine: narrow }), ['claude-haiku-4-5'])
})

test('where only the scripted model is installed, only it is offered, unless a key of their own opens the real ones', () => {
  const scripted = { tier: 'free', installed: 'scripted-1' } as const
  assert.deepEqual(offeredTo({ ...scripted, engine: plain }), ['scripted-1', 'scripted-mini'])
  assert.deepEqual(offeredTo({ ...scripted, engine: { ...plain, ownModel: { url: null } } }), all)
  const own = { ...plain, models: ['qwen-99'], ownModel: { url: 'https://models.example.com' } }
  assert.deepEqual(offeredTo({ ...scripted, engine: own }), ['qwen-99'])
})

test('the default is the organization’s, else the installation’s, else the best there is', () => {
  assert.equal(defaultOf({ ...real, engine: plain }), 'claude-sonnet-5-5')
  assert.equal(defaultOf({ ...real, engine: { ...plain, defaultModel: 'claude-haiku-4-5' } }), 'claude-haiku-4-5')
  assert.equal(defaultOf({ ...real, engine: { ...plain, defaultModel: 'gone' } }), 'claude-sonnet-5-5')
  assert.equal(defaultOf({ ...real, engine: { ...plain, models: ['claude-opus-5-5'] } }), 'claude-opus-5-5')
  assert.equal(defaultOf({ ...real, engine: { ...plain, models: [] } }), undefined)
})

test('what is not offered is refused with the list', () => {
  const asked = { model: 'claude-opus-5-5', mayFallBack: false }
  assert.equal(
    choose(asked, { ...real, tier: 'free', engine: plain }),
    'The model claude-opus-5-5 is not offered here. Choose one of: claude-sonnet-5-5, claude-sonnet-5, claude-haiku-4-5.',
  )
  assert.equal(
    choose({ mayFallBack: true }, { ...real, engine: { ...plain, models: [] } }),
    'Your organization allows no model that this installation offers.',
  )
})

test('a cheaper sibling steps in where that was allowed, and only one that is offered', () => {
  const opus = { model: 'claude-opus-5-5', mayFallBack: true }
  const fallback = (engine: Engine) => {
    const choice = choose(opus, { ...real, engine })
    return typeof choice === 'string' ? choice : choice.fallbackModel
  }
  assert.equal(fallback(plain), 'claude-sonnet-5-5')
  assert.equal(fallback({ ...plain, models: ['claude-opus-5-5', 'claude-haiku-4-5'] }), 'claude-haiku-4-5')
  assert.equal(fallback({ ...plain, models: ['claude-opus-5-5'] }), null)
  const chosen = choose({ ...opus, mayFallBack: false }, { ...real, engine: plain })
  assert.deepEqual(chosen, { model: 'claude-opus-5-5', fallbackModel: null, ownKey: false })
})
