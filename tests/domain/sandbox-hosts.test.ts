import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unchosen } from '../../lib/domain/sandbox-choice.ts'
import { reachableHosts, sandboxHosts } from '../../lib/domain/sandbox-hosts.ts'

const addresses = ['https://app.example.com', 'https://tea.nyc3.example-spaces.com', undefined]
const hosts = sandboxHosts(['npm.example.com'], addresses) ?? assert.fail('there are hosts')

test('a sandbox reaches the platform itself, though its operator names the registry alone', () => {
  assert.deepEqual(reachableHosts(hosts, unchosen), [
    'app.example.com',
    'tea.nyc3.example-spaces.com',
    'npm.example.com',
  ])
})

test('what a person adds is reached too, once', () => {
  const network = { kind: 'open' as const, hosts: ['api.example.org', 'app.example.com'] }
  assert.deepEqual(reachableHosts(hosts, { ...unchosen, network }).slice(2), ['npm.example.com', 'api.example.org'])
})

test('a closed network reaches no registry, whatever its name, and the platform still', () => {
  const network = { kind: 'none' as const }
  assert.deepEqual(reachableHosts(hosts, { ...unchosen, network }), ['app.example.com', 'tea.nyc3.example-spaces.com'])
})

test('where the provider takes no list there is none', () => {
  assert.equal(sandboxHosts(['none'], addresses), null)
})
