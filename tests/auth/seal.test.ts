import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSeals } from '../../lib/auth/seal.ts'
import { Secret } from '../../lib/config.ts'

const [first, second] = ['ab'.repeat(32), 'cd'.repeat(32)]
const seals = openSeals(new Secret(first))
const about = 'org_1 own-model'

test('what was sealed opens again, and reads differently each time', () => {
  const [one, two] = [seals.seal('sk-ünter', about), seals.seal('sk-ünter', about)]
  assert.notEqual(one, two)
  assert.match(one, /^v1\.[\w-]+$/)
  assert.equal(one.includes('sk-'), false)
  assert.equal(seals.open(one, about).reveal(), 'sk-ünter')
})

test('it opens for nobody else, under no other key, and not once it was changed', () => {
  const sealed = seals.seal('sk-1234', about)
  assert.throws(() => seals.open(sealed, 'org_2 own-model'), /does not open/)
  assert.throws(() => openSeals(new Secret(second)).open(sealed, about), /does not open/)
  for (let at = 3; at < sealed.length - 1; at += 5) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    assert.throws(() => seals.open(changed, about), /does not open/, changed)
  }
  for (const odd of ['', 'v1.', 'v2.AAAA', 'v1.AAAA', 'plain']) assert.throws(() => seals.open(odd, about))
})

test('a key is changed by putting the new one first', () => {
  const old = seals.seal('sk-1234', about)
  const both = openSeals(new Secret(`${second},${first}`))
  assert.equal(both.open(old, about).reveal(), 'sk-1234')
  const young = both.seal('sk-5678', about)
  assert.equal(openSeals(new Secret(second)).open(young, about).reveal(), 'sk-5678')
})

test('a wrong key stops the start without telling it', () => {
  for (const wrong of ['short', `${first},nonsense`, `${first}ff`]) {
    assert.throws(
      () => openSeals(new Secret(wrong)),
      (error: Error) => error.message === 'SEALING_KEY must be 32 bytes in hex.',
    )
  }
})

test('an opened secret prints as nothing', () => {
  const open = seals.open(seals.seal('sk-1234', about), about)
  assert.equal(JSON.stringify({ open }), '{"open":"[secret]"}')
  assert.equal(`${open}`, '[secret]')
})
