import { m } from '#lib/messages.ts'

export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
export const within = (folder: string, name: string) => (folder ? `${folder}/${name}` : name)

/** Why a file or folder cannot have this path, or null when it can. */
export function faultOfPath(path: string, taken: ReadonlySet<string>): string | null {
  if (path.length > 400) return m.code_path_long()
  const segments = path.split('/')
  if (/[\u0000-\u001f\u007f\\]/.test(path) || segments.some((one) => one.trim() === '' || one === '.' || one === '..'))
    return m.code_path_wrong()
  if (segments[0] === '.git' || segments.includes('node_modules')) return m.code_path_reserved()
  if (taken.has(path)) return m.code_path_taken({ path })
  const folders = segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'))
  return folders.some((folder) => taken.has(folder)) ? m.code_path_file_above() : null
}
