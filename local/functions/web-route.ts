import type { FunctionSpec } from './project-file.ts'
import { splitExtension } from './web-response.ts'
import type { Extension } from './web-response.ts'

export type WebRoute = { spec: FunctionSpec; extension: Extension; path: string }

/** `/api/v1/web/<namespace>/<package>/<function>/<rest>` or, as an app's route, `/api/<package>/<function>/<rest>`. */
const addressed = /^\/api\/(?:v1\/web\/([^/]+)\/)?([^/]+)\/([^/]+)(\/.*)?$/

/** Finds the function that a path names, when the web may call it. */
export function findWebRoute(
  path: string,
  namespace: string,
  functions: Map<string, FunctionSpec>,
): WebRoute | undefined {
  const [, askedNamespace, folder = '', segment = '', rest = ''] = addressed.exec(path) ?? []
  if (askedNamespace !== undefined && askedNamespace !== namespace) return undefined
  const { name, extension } = splitExtension(segment)
  const spec = functions.get(folder === 'default' ? name : `${folder}/${name}`)
  return spec && spec.web !== false ? { spec, extension, path: rest } : undefined
}
