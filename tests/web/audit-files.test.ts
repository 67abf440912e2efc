import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEntry } from '../../lib/contract/audit.ts'
import { csvOf } from '../../web/src/lib/audit/files.ts'
import { addressOf, noFilter } from '../../web/src/lib/audit/filter.ts'

const entry: AuditEntry = {
  n: 1,
  at: '2026-01-02T03:04:05.678Z',
  actor: { id: 'usr_1', name: '=cmd()' },
  action: 'secret.set',
  subject: 'prj_1/a "b", c',
  names: {},
  outcome: 'done',
  origin: null,
  requestId: null,
  detail: { count: 1 },
  digest: 'd',
}

test('a spreadsheet reads every value as text and runs none', () => {
  assert.equal(
    csvOf([entry]),
    'number,time,actor,name,action,subject,outcome,origin,request,detail,digest\r\n' +
      `1,2026-01-02T03:04:05.678Z,usr_1,'=cmd(),secret.set,"prj_1/a ""b"", c",done,,,"{""count"":1}",d\r\n`,
  )
})

test('the days of a filter are whole days of the reader, the last one included', () => {
  const address = addressOf('/audit', { ...noFilter, from: '2026-03-01', to: '2026-03-01', outcome: 'denied' }, 7)
  const query = new URL(address, 'http://x').searchParams
  const hours = (Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')) / 3_600_000
  assert.deepEqual([hours, query.get('outcome'), query.get('after'), query.has('actor')], [24, 'denied', '7', false])
  assert.equal(addressOf('/audit', noFilter), '/audit')
})
