/** A folder or file of a version's tree. */
export interface TreeNode {
  name: string
  /** The whole path, and the key of the node. */
  path: string
  children: TreeNode[] | null
}

export interface TreeLine {
  node: TreeNode
  depth: number
  parent: string | null
}

/** Paths as a tree: folders first, each level by name. */
export function treeOf(paths: readonly string[]): TreeNode[] {
  const root: TreeNode = { name: '', path: '', children: [] }
  for (const path of paths) place(root, path.split('/'))
  return sorted(root.children ?? [])
}

function place(folder: TreeNode, [name = '', ...rest]: string[]): void {
  const path = folder.path ? `${folder.path}/${name}` : name
  const found = folder.children?.find((child) => child.name === name)
  const node = found ?? { name, path, children: rest.length > 0 ? [] : null }
  if (!found) folder.children?.push(node)
  if (rest.length > 0) place(node, rest)
}

function sorted(nodes: TreeNode[]): TreeNode[] {
  return nodes
    .map((node) => (node.children ? { ...node, children: sorted(node.children) } : node))
    .toSorted((a, b) => Number(a.children === null) - Number(b.children === null) || a.name.localeCompare(b.name, 'en'))
}

/** The lines that show when the folders of `closed` are folded. */
export function linesOf(
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
  { depth, parent }: { depth: number; parent: string | null } = { depth: 1, parent: null },
): TreeLine[] {
  return nodes.flatMap((node) => {
    const inside = node.children && !closed.has(node.path) ? node.children : []
    return [{ node, depth, parent }, ...linesOf(inside, closed, { depth: depth + 1, parent: node.path })]
  })
}
