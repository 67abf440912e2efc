import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * Fills in the text of a project.yml before it is read as YAML: `${NAME}`, `${|NAME}` (newlines kept),
 * `${<file}` (the file as JSON), `$(A B)` (a JSON object). Throws when a variable is missing or empty.
 */
export function fillTemplate(text: string, variables: Variables, folder: string): string {
  const missing = new Set<string>()
  const lookUp = (name: string): string => {
    const value = variables[name]
    if (!value) missing.add(name)
    return value ?? ''
  }
  const filled = text.replace(placeholder, (_whole, single: string | undefined, group: string | undefined) =>
    group === undefined ? fillOne(single ?? '', lookUp, folder) : fillGroup(group, lookUp),
  )
  if (missing.size > 0) {
    throw new Error(`The following substitutions could not be resolved: ${[...missing].join(', ')}`)
  }
  return filled
}

const placeholder = /\$\{([^}]*)\}|\$\(([^)]*)\)/g

function fillOne(inner: string, lookUp: (name: string) => string, folder: string): string {
  const name = inner.trim()
  if (name.startsWith('<')) return JSON.stringify(readFileSync(resolve(folder, name.slice(1).trim()), 'utf8'))
  if (name.startsWith('|')) return lookUp(name.slice(1).trim())
  return lookUp(name).replaceAll('\n', '\\n')
}

function fillGroup(inner: string, lookUp: (name: string) => string): string {
  const names = inner.split(/\s+/).filter((name) => name !== '')
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, lookUp(name)])))
}
