import type { Call, Reply } from './event.ts'

/** Headers that let the exact origins of the site read an answer; none for any other origin (Fetch standard, CORS). */
export function corsHeaders(call: Call, origins: readonly string[]): Record<string, string> {
  const origin = call.header('origin')
  if (!origin || !origins.includes(origin)) return { vary: 'Origin' }
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, server-timing, retry-after',
    vary: 'Origin',
  }
}

export function preflight(call: Call, origins: readonly string[]): Reply {
  return {
    status: 204,
    headers: {
      ...corsHeaders(call, origins),
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key',
      'access-control-max-age': '600',
    },
    body: undefined,
  }
}
