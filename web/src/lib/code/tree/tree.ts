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

/** Paths as a tree: folders first, each level by name; `folders` are there without a file. */
export function treeOf(paths: readonly string[], folders: readonly string[] = []): TreeNode[] {
  const root: TreeNode = { name: '', path: '', children: [] }
  const known = new Map([['', root]])
  for (const path of folders) folderAt(known, path)
  for (const path of paths) {
    const at = path.lastIndexOf('/')
    const folder = folderAt(known, path.slice(0, Math.max(0, at)))
    folder.children?.push({ name: path.slice(at + 1), path, children: null })
  }
  for (const { children } of known.values()) children?.sort(byName)
  return root.children ?? []
}

function folderAt(known: Map<string, TreeNode>, path: string): TreeNode {
  const found = known.get(path)
  if (found) return found
  const at = path.lastIndexOf('/')
  const folder: TreeNode = { name: path.slice(at + 1), path, children: [] }
  known.set(path, folder)
  folderAt(known, path.slice(0, Math.max(0, at))).children?.push(folder)
  return folder
}

const collator = new Intl.Collator('en')
const byName = (a: TreeNode, b: TreeNode) =>
  Number(a.children === null) - Number(b.children === null) || collator.compare(a.name, b.name)

/** The lines that show when the folders of `closed` are folded. */
export function linesOf(nodes: readonly TreeNode[], closed: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = []
  const add = (below: readonly TreeNode[], depth: number, parent: string | null) => {
    for (const node of below) {
      lines.push({ node, depth, parent })
      if (node.children && !closed.has(node.path)) add(node.children, depth + 1, node.path)
    }
  }
  add(nodes, 1, null)
  return lines
}
