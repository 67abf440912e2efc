import { readdirSync, statSync, watch } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { belongsToSite, root } from './site.js'

/**
 * Calls back with the paths that were saved, gathered over a moment.
 * Folders are watched one by one: a recursive watch loses a file once it was replaced by a rename, which is how many editors save.
 */
export function watchSite(onSaved) {
  const watched = new Set()
  const saved = new Set()
  let timer

  const tell = () => {
    onSaved([...saved])
    saved.clear()
  }
  const add = (folder) => {
    if (watched.has(folder)) return
    watched.add(folder)
    const watcher = watch(folder, (_event, name) => note(folder, name))
    watcher.on('error', () => watched.delete(folder))
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && belongsToSite(pathOf(join(folder, entry.name)))) add(join(folder, entry.name))
    }
  }
  const note = (folder, name) => {
    const path = pathOf(join(folder, String(name)))
    if (!belongsToSite(path)) return
    addNew(join(folder, String(name)))
    saved.add(path)
    clearTimeout(timer)
    timer = setTimeout(tell, 30)
  }
  const addNew = (path) => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) add(path)
    else watched.delete(path)
  }
  add(root)
}

const pathOf = (full) => relative(root, full).split(sep).join('/')
