/**
 * An address as the audit log keeps it: enough to see that a call came from somewhere else, too little to find a household.
 * The last part of four goes, of a longer address all but the first three groups; null for what is no address.
 */
export function shortened(address: string): string | null {
  const [, four] = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(address) ?? []
  if (four) return `${four}.0/24`
  if (!/^[0-9a-f:]{2,39}$/i.test(address) || !address.includes(':')) return null
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  // What `::` stands for is zeros; before the third group it reaches at least that far.
  if (tail === undefined && groups.length !== 8) return null
  const first = [...groups, '0', '0', '0'].slice(0, 3).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${first.join(':')}::/48`
}
