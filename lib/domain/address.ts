/** Whether an IP address stands on the open internet. */
export function isPublic(address: string): boolean {
  const four = numbersOf4(address)
  if (four) return !reserved4.some(([network, length]) => isWithin(four, network, length))
  const six = numbersOf6(address)
  return six !== undefined && isPublic6(six)
}

/** Whether an IP address leads to this machine itself. */
export const isLoopback = (address: string): boolean =>
  numbersOf4(address)?.[0] === 127 || (numbersOf6(address)?.every((part, at) => part === (at === 7 ? 1 : 0)) ?? false)

export const isAddress = (host: string): boolean => host.includes(':') || numbersOf4(host) !== undefined

/** What IANA keeps for special use (RFC 6890 and its updates), and the one public address that is a cloud's inside. */
const reserved4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['168.63.129.16', 32],
] as const

function isWithin(parts: readonly number[], network: string, length: number): boolean {
  const size = 2 ** (32 - length)
  return Math.floor(asNumber(parts) / size) === Math.floor(asNumber(network.split('.').map(Number)) / size)
}

const asNumber = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0)

function numbersOf4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined
  return parts.map(Number)
}

/** Global unicast (2000::/3) without what wraps another address, documents or tests. */
function isPublic6([first = 0, second = 0]: readonly number[]): boolean {
  if (first < 0x2000 || first > 0x3fff || first === 0x2002) return false
  if (first === 0x2001) return second >= 0x0200 && second !== 0x0db8
  return first !== 0x3fff || second >= 0x1000
}

/** The eight parts of an IPv6 address; undefined when it is none. */
function numbersOf6(text: string): number[] | undefined {
  const url = text.includes(':') ? URL.parse(`http://[${text}]`) : null
  if (!url) return undefined
  const [before = '', after] = url.hostname.slice(1, -1).split('::')
  const [front, back] = [partsOf(before), partsOf(after ?? '')]
  const gap = after === undefined ? 0 : 8 - front.length - back.length
  return [...front, ...Array.from({ length: gap }, () => 0), ...back]
}

const partsOf = (text: string) => (text === '' ? [] : text.split(':').map((part) => Number.parseInt(part, 16)))
