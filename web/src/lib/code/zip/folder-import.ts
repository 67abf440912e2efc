import { take, type Brought, type Offered } from './brought.ts'
import { fromZip } from './zip-import.ts'

const mostOffered = 20_000

/** What was chosen: a zip, or the files of a folder. */
export function fromChosen(files: readonly File[]): Promise<Brought | null> {
  const [first] = files
  if (first && files.length === 1 && isZip(first)) return fromZip(first)
  return take(files.slice(0, mostOffered).map((file) => offer(file.webkitRelativePath || file.name, file)))
}

/** What was dropped: a zip, files, or folders with all that is in them. */
export async function fromEntries(entries: readonly FileSystemEntry[]): Promise<Brought | null> {
  const [first] = entries
  if (first && entries.length === 1 && isFile(first)) {
    const file = await fileOf(first)
    if (isZip(file)) return fromZip(file)
  }
  const offered: Offered[] = []
  for (const entry of entries) await walk(entry, offered)
  return take(offered)
}

const isZip = ({ name, type }: File) => /\.zip$/i.test(name) || type === 'application/zip'
const offer = (path: string, file: File): Offered => ({
  path,
  size: file.size,
  bytes: async () => new Uint8Array(await file.arrayBuffer()),
})

async function walk(entry: FileSystemEntry, offered: Offered[]): Promise<void> {
  if (offered.length >= mostOffered) return
  const path = entry.fullPath.replace(/^\//, '')
  if (isFile(entry)) offered.push(offer(path, await fileOf(entry)))
  // Thousands of files that nobody wants are told as one.
  else if (/^(?:\.git|node_modules)$/.test(entry.name)) offered.push({ path, size: 0, bytes: async () => null })
  else if (isFolder(entry)) for (const child of await childrenOf(entry)) await walk(child, offered)
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    found.push(...some)
  }
}
