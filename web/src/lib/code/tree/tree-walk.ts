import type { TreeLine } from './tree.ts'

/** What a key does in a tree of lines: where the focus goes, or which folder opens or closes. */
export type Step = { focus: number } | { toggle: string } | null

interface Walk {
  lines: readonly TreeLine[]
  closed: ReadonlySet<string>
  index: number
}

export const steps: Record<string, (walk: Walk) => Step> = {
  ArrowDown: ({ index }) => ({ focus: index + 1 }),
  ArrowUp: ({ index }) => ({ focus: index - 1 }),
  Home: () => ({ focus: 0 }),
  End: ({ lines }) => ({ focus: lines.length - 1 }),
  ArrowRight: (walk) => {
    const node = walk.lines[walk.index]?.node
    if (!node?.children) return null
    return walk.closed.has(node.path) ? { toggle: node.path } : { focus: walk.index + 1 }
  },
  ArrowLeft: ({ lines, closed, index }) => {
    const line = lines[index]
    if (line?.node.children && !closed.has(line.node.path)) return { toggle: line.node.path }
    const parent = lines.findIndex(({ node }) => node.path === line?.parent)
    return parent < 0 ? null : { focus: parent }
  },
}
