/** TypeScript of so many lines, as long as lines usually are. */
export function longFile(lines: number): string {
  const block = (at: number) => [
    `/** What is known of item ${at}. */`,
    `export interface Item${at} {`,
    `  id: string`,
    `  name: 'item-${at}' | null`,
    `  at: number`,
    `}`,
    ``,
    `export function read${at}(items: readonly Item${at}[], now = ${at}): string[] {`,
    `  return items.filter(({ at }) => at > now).map(({ name }) => \`\${name ?? 'none'} of ${at}\`)`,
    `}`,
  ]
  return Array.from({ length: lines / 10 }, (_, at) => block(at).join('\n')).join('\n')
}
