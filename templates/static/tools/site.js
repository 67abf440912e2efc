// What belongs to the site: everything in the project except what is listed here.
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

const notSite = new Set(['node_modules', 'dist', 'tools', 'package.json', 'package-lock.json', 'AGENTS.md'])

export const root = process.cwd()

export const belongsToSite = (path) => {
  const parts = path.split('/')
  return !notSite.has(parts[0]) && !parts.some((part) => part.startsWith('.'))
}

export async function siteFiles(folder = root) {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(entries.map((entry) => filesOf(join(folder, entry.name), entry)))
  return found.flat().sort()
}

async function filesOf(full, entry) {
  const path = relative(root, full).split(sep).join('/')
  if (!belongsToSite(path)) return []
  if (entry.isDirectory()) return siteFiles(full)
  return entry.isFile() ? [path] : []
}
