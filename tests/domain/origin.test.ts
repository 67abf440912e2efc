import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortened } from '../../lib/domain/origin.ts'

const cases: Record<string, string | null> = {
  '203.0.113.77': '203.0.113.0/24',
  '::ffff:203.0.113.77': '203.0.113.0/24',
  '2001:0db8:00a1:12:34:56:78:9a': '2001:db8:a1::/48',
  '2001:DB8::9a': '2001:db8:0::/48',
  '::1': '0:0:0::/48',
  unknown: null,
  '': null,
  '203.0.113.77, 10.0.0.1': null,
  '<script>': null,
  'a:b': null,
}

for (const [address, kept] of Object.entries(cases)) {
  test(`of ${address || 'nothing'} ${kept ?? 'nothing'} is kept`, () => {
    assert.equal(shortened(address), kept)
  })
}
