import { Problem } from './problem.ts'
import type { AnyOperation } from './operation.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** `'GET /:projectId'`; a last segment `*name` takes the rest of the path. */
export type Routes = Readonly<Record<`${Method} /${string}`, AnyOperation>>

export interface Match {
  route: string
  operation: AnyOperation
  params: Record<string, string>
}

export function match(routes: Routes, method: string, path: string): Match {
  const onPath = Object.entries(routes).flatMap(([route, operation]) => {
    const [routeMethod = '', pattern = ''] = route.split(' ')
    const params = matchPath(pattern, path)
    return params ? [{ route, routeMethod, operation, params }] : []
  })
  if (onPath.length === 0) throw new Problem('not_found')
  const found = onPath.find(({ routeMethod }) => routeMethod === method)
  if (!found)
    throw new Problem('method_not_allowed', { headers: { allow: onPath.map((each) => each.routeMethod).join(', ') } })
  return found
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
