import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Sandbox } from '@daytonaio/sdk'
import { isPublic } from '../../../local/daytona/egress/addresses.ts'
import { decide, policyFor } from '../../../local/daytona/egress/policy.ts'
import { openWorld, type World } from './world.ts'

let world: World
let allowed: Server
let hidden: Server
let front: string
before(async () => {
  allowed = await serve('front door')
  hidden = await serve('secret')
  front = `localhost:${portOf(allowed)}`
  world = await openWorld({ egress: { loopback: [front] } })
})
after(async () => {
  await world.end()
  allowed.close()
  hidden.close()
})

async function serve(content: string): Promise<Server> {
  const server = createServer((request, response) => response.end(`${content} ${request.headers.host}`))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return server
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** What `curl` in the sandbox gets from an address through the proxy: status and text. */
async function curlInside(box: Sandbox, address: string): Promise<string> {
  const { result } = await box.process.executeCommand(
    `curl -s --noproxy '' --max-time 5 -w ' %{http_code}' '${address}'`,
  )
  return result
}

/** The same with Node's own fetch, which goes through the proxy by itself: the text, or how it failed. */
async function fetchInside(box: Sandbox, address: string): Promise<string> {
  const program = `fetch("${address}").then((answer) => answer.text()).then(console.log, () => console.log("failed"))`
  const { result } = await box.process.executeCommand(`node -e '${program}'`)
  return result.trim()
}

test('an allowed local address is reached when the sandbox names its host', async () => {
  const box = await world.client.create({ domainAllowList: 'localhost,example.com' })
  assert.equal(await fetchInside(box, `http://${front}/`), `front door ${front}`)
  assert.equal(await curlInside(box, `http://${front}/`), `front door ${front} 200`)
  const tunnel = await box.process.executeCommand(`curl -sp http://${front}/`)
  assert.equal(tunnel.result, `front door ${front}`)
})

test('without its host on the list, the allowed local address is refused', async () => {
  const box = await world.client.create({ domainAllowList: 'example.com' })
  assert.equal(await curlInside(box, `http://${front}/`), "localhost is not on this sandbox's allow list 403")
  assert.equal(await fetchInside(box, `http://${front}/`), 'failed')
})

test('every other port of this machine is refused, by any name', async () => {
  const box = await world.client.create({
    domainAllowList: 'localhost,127.0.0.1,0.0.0.0,[::1],2130706433,*.localhost',
    networkAllowList: '127.0.0.0/8,10.0.0.0/8',
  })
  const port = portOf(hidden)
  for (const host of ['localhost', '0.0.0.0', '2130706433', '0x7f.1', 'a.localhost', '127.1', '[::ffff:127.0.0.1]']) {
    assert.match(await curlInside(box, `http://${host}:${port}/`), / 403$/, host)
  }
  const direct = await box.process.executeCommand(
    `curl -s --noproxy '*' --max-time 2 http://127.0.0.1:${port}/; echo $?`,
  )
  assert.equal(direct.result, '7\n')
  const proxied = await box.process.executeCommand(
    `curl -sp --noproxy '' --max-time 2 http://127.0.0.1:${port}/; echo $?`,
  )
  assert.equal(proxied.result, '56\n')
})

test('a sandbox without a network reaches nothing', async () => {
  const box = await world.client.create({ networkBlockAll: true, domainAllowList: 'localhost' })
  assert.equal(await curlInside(box, `http://${front}/`), 'this sandbox has no network 403')
})

test('the policy can be changed while the sandbox runs', async () => {
  const box = await world.client.create({ domainAllowList: 'localhost' })
  await box.updateNetworkSettings({ networkBlockAll: true })
  assert.match(await curlInside(box, `http://${front}/`), / 403$/)
  await box.updateNetworkSettings({ networkBlockAll: false })
  assert.match(await curlInside(box, `http://${front}/`), / 200$/)
})

test('there is no name service and no way around the proxy', async () => {
  const box = await world.client.create({ domainAllowList: 'localhost' })
  const { result } = await box.process.executeCommand(
    "getent hosts example.com; echo $?; node -e \"require('net').connect(443,'1.1.1.1').on('error',e=>console.log(e.code))\"",
  )
  assert.equal(result, '2\nENETUNREACH\n')
})

const table: [string, Parameters<typeof policyFor>[0], string, number, string[], 'open' | 'refused'][] = [
  ['a listed name', { networkBlockAll: false, domainAllowList: 'a.com' }, 'a.com', 443, ['93.184.216.34'], 'open'],
  ['another name', { networkBlockAll: false, domainAllowList: 'a.com' }, 'b.com', 443, ['93.184.216.34'], 'refused'],
  [
    'a name below a wildcard',
    { networkBlockAll: false, domainAllowList: '*.a.com' },
    'x.y.a.com',
    443,
    ['93.184.216.34'],
    'open',
  ],
  [
    'the name of the wildcard itself',
    { networkBlockAll: false, domainAllowList: '*.a.com' },
    'a.com',
    443,
    ['93.184.216.34'],
    'refused',
  ],
  [
    'a name that ends alike',
    { networkBlockAll: false, domainAllowList: '*.a.com' },
    'evila.com',
    443,
    ['93.184.216.34'],
    'refused',
  ],
  [
    'a listed name on a private address',
    { networkBlockAll: false, domainAllowList: 'a.com' },
    'a.com',
    443,
    ['10.0.0.1'],
    'refused',
  ],
  [
    'a listed name on the metadata address',
    { networkBlockAll: false, domainAllowList: 'a.com' },
    'a.com',
    80,
    ['169.254.169.254'],
    'refused',
  ],
  [
    'a name in a listed network',
    { networkBlockAll: false, networkAllowList: '93.184.0.0/16' },
    'any.com',
    443,
    ['93.184.216.34'],
    'open',
  ],
  [
    'a name outside of it',
    { networkBlockAll: false, networkAllowList: '93.184.0.0/16' },
    'any.com',
    443,
    ['8.8.8.8'],
    'refused',
  ],
  ['an empty list', { networkBlockAll: false, domainAllowList: '' }, 'default.com', 443, ['8.8.8.8'], 'refused'],
  ['no list, a default name', { networkBlockAll: false }, 'default.com', 443, ['8.8.8.8'], 'open'],
  ['no list, another name', { networkBlockAll: false }, 'other.com', 443, ['8.8.8.8'], 'refused'],
]

for (const [name, lists, host, port, addresses, verdict] of table) {
  test(`${name} is ${verdict}`, async () => {
    const policy = policyFor(lists, { domains: ['default.com'] })
    const decided = await decide(policy, { host, port }, async () => addresses)
    assert.equal('address' in decided ? 'open' : 'refused', verdict)
  })
}

test('addresses that are not the public internet are known', () => {
  const local = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::ffff:127.0.0.1',
    'fd00::1',
    'fe80::1',
    '64:ff9b::7f00:1',
  ]
  assert.deepEqual(local.filter(isPublic), [])
  assert.deepEqual(['8.8.8.8', '2606:4700::1111', '172.32.0.1'].filter(isPublic), [
    '8.8.8.8',
    '2606:4700::1111',
    '172.32.0.1',
  ])
})
