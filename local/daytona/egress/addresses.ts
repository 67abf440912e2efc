import { BlockList, isIP } from 'node:net'

/** Addresses that are not the public internet: this machine, private networks, links, tests of routers, multicast. */
const NOT_PUBLIC = blockList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  '64:ff9b::/96',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
])

/** Whether an address belongs to the public internet. */
export function isPublic(address: string): boolean {
  return !contains(NOT_PUBLIC, address)
}

/** Whether an address lies in one of the given networks (`10.1.0.0/16`, or a single address). */
export function inNetworks(networks: readonly string[], address: string): boolean {
  return contains(blockList(networks.filter((network) => isIP(network.split('/')[0] ?? '') !== 0)), address)
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family === 0 || list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return list
}
