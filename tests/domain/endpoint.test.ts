import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayConnect, objectionToEndpoint } from '../../lib/domain/endpoint.ts'

const good = [
  'https://api.example.com',
  'https://models.example.com:8443/anthropic',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]',
]

const inside = [
  'https://127.0.0.1',
  'https://127.9.9.9:8443',
  'https://localhost',
  'https://foo.localhost',
  'https://localhost.',
  'https://[::1]',
  'https://0.0.0.0',
  'https://2130706433',
  'https://0x7f.1',
  'https://017700000001',
  'https://[::ffff:127.0.0.1]',
]

const wrong = [
  'https://10.1.2.3',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.168.1.1',
  'https://100.64.0.1',
  'https://169.254.169.254/latest/meta-data',
  'https://100.100.100.200',
  'https://168.63.129.16',
  'https://192.0.0.192',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://[fe80::1]',
  'https://[fd00:ec2::254]',
  'https://[fc00::1]',
  'https://[::]',
  'https://[::ffff:10.0.0.1]',
  'https://[::ffff:a9fe:a9fe]',
  'https://[64:ff9b::a9fe:a9fe]',
  'https://[2002:a9fe:a9fe::]',
  'https://[2001:db8::1]',
  'https://[ff02::1]',
  'https://metadata',
  'https://postgres:5432',
  'http://api.example.com',
  'ftp://api.example.com',
  'file:///etc/passwd',
  'https://user:word@api.example.com',
  'https://api.example.com:22',
  'https://api.example.com/?x=1',
  'https://api.example.com/#x',
  'javascript:alert(1)',
  'not an address',
  '',
]

test('an endpoint is https to a public address, wherever we run', () => {
  for (const policy of ['public', 'local'] as const) {
    for (const url of good) assert.equal(objectionToEndpoint(url, policy), undefined, url)
    for (const url of wrong) assert.equal(typeof objectionToEndpoint(url, policy), 'string', `${policy} ${url}`)
  }
})

test('this machine may answer only where that was set', () => {
  for (const url of inside) assert.equal(typeof objectionToEndpoint(url, 'public'), 'string', url)
  for (const url of ['http://127.0.0.1:11434', 'http://localhost:8080', 'http://[::1]:9', 'https://foo.localhost']) {
    assert.equal(objectionToEndpoint(url, 'local'), undefined, url)
  }
})

test('what a name leads to is judged by itself', () => {
  assert.equal(mayConnect('93.184.215.14', 'public'), true)
  assert.equal(mayConnect('2606:2800:21f::1', 'public'), true)
  const never = ['10.0.0.1', '169.254.169.254', '::ffff:10.0.0.1', 'fe80::1%eth0', 'fd00::1', '0.0.0.0', '::', 'x']
  for (const address of never) {
    assert.equal(mayConnect(address, 'public'), false, address)
    assert.equal(mayConnect(address, 'local'), false, address)
  }
  assert.deepEqual([mayConnect('127.0.0.1', 'public'), mayConnect('::1', 'public')], [false, false])
  assert.deepEqual([mayConnect('127.0.0.1', 'local'), mayConnect('::1', 'local')], [true, true])
})
