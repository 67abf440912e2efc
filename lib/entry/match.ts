import { Problem } from './problem.ts'
import type { AnyOperation, AskedOperation } from './operation.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** Loads a module that exports one operation and nothing else: a cold start evaluates what is asked for, no more. */
type Loading = () => Promise<Readonly<Record<string, AskedOperation>>>
type Route = AnyOperation | Loading
/** `'GET /:projectId'`; a last segment `*name` takes the rest of the path. */
export type Routes = Readonly<Record<`${Method} /${string}`, Route>>

export interface Match {
  route: Route
  params: Record<string, string>
}

export function match(routes: Routes, method: string, path: string): Match {
  const onPath = Object.entries(routes).flatMap(([name, route]) => {
    const [routeMethod = '', pattern = ''] = name.split(' ')
    const params = matchPath(pattern, path)
    return params ? [{ routeMethod, route, params }] : []
  })
  if (onPath.length === 0) throw new Problem('not_found')
  const found = onPath.find(({ routeMethod }) => routeMethod === method)
  if (!found)
    throw new Problem('method_not_allowed', { headers: { allow: onPath.map((each) => each.routeMethod).join(', ') } })
  return found
}

/** A path as it may be written down: what a route names `token` opens something to whoever reads it. */
export function withoutToken(routes: Routes, path: string): string {
  const given = path.split('/').filter(Boolean)
  for (const name of Object.keys(routes)) {
    const expected = name.split('/').slice(1)
    const at = expected.indexOf(':token')
    const isHere = at >= 0 && at < given.length && expected.slice(0, at).every((part, index) => part === given[index])
    if (isHere) return `/${given.with(at, ':token').join('/')}`
  }
  return path
}

export async function operationOf<O extends AnyOperation>(route: O | Loading): Promise<O | AskedOperation> {
  if (typeof route !== 'function') return route
  const [operation] = Object.values(await route())
  if (!operation) throw new Error('a route leads to a module without an operation')
  return operation
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/').filter(Boolean)
  const actual = path.split('/').filter(Boolean)
  const rest = expected.at(-1)?.startsWith('*') ? expected.pop()?.slice(1) : undefined
  if (rest ? actual.length <= expected.length : actual.length !== expected.length) return undefined

  const params: Record<string, string> = {}
  for (const [at, part] of expected.entries()) {
    const given = decode(actual[at] ?? '')
    if (part.startsWith(':')) params[part.slice(1)] = given
    else if (part !== given) return undefined
  }
  if (rest) params[rest] = actual.slice(expected.length).map(decode).join('/')
  return params
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Problem('not_found')
  }
}
