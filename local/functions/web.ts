import type { Invoke } from './activation.ts'
import type { Limits } from './limits.ts'
import type { FunctionSpec } from './project-file.ts'
import { answerRefusal, refusals, tooManyRequests } from './refusal.ts'
import type { Answer } from './refusal.ts'
import { within } from './within.ts'
import { webEvent } from './web-event.ts'
import type { WebRequest } from './web-event.ts'
import { webAnswer } from './web-response.ts'
import type { WebRoute } from './web-route.ts'

export type WebSetting = { invoke: Invoke; limits: Limits }

/** Answers a web request to a function: CORS, the function's own key, its event, its result or 202. */
export async function serveWeb(setting: WebSetting, route: WebRoute, request: WebRequest): Promise<Answer> {
  const { spec } = route
  if (spec.customOptions) return callFunction(setting, route, request)
  const cors = corsHeaders(request.headers['access-control-request-headers'])
  if (request.method === 'OPTIONS') return { status: 200, headers: cors, body: '' }
  const answer = await callFunction(setting, route, request)
  return { ...answer, headers: [...cors, ...answer.headers] }
}

/** Sent with everything, beside what the function itself says, unless it asked for custom options. */
function corsHeaders(asked: string | undefined): [string, string][] {
  return [
    ['access-control-allow-origin', '*'],
    ['access-control-allow-methods', 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH'],
    [
      'access-control-allow-headers',
      asked ?? 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent',
    ],
  ]
}

async function callFunction(setting: WebSetting, { spec, extension }: WebRoute, request: WebRequest): Promise<Answer> {
  if (request.method !== 'OPTIONS' && !holdsKey(spec, request)) return answerRefusal(refusals.unauthorized)
  const made = webEvent(spec, request)
  if ('refused' in made) return answerRefusal(made.refused)
  const activation = setting.invoke({ spec, event: made.event, awaited: true })
  if ('refused' in activation) return answerRefusal(tooManyRequests(activation.refused))
  const response = await within(activation.answered, setting.limits.blockMs)
  const answer = response ? webAnswer(response, extension) : answerRefusal(refusals.notReady)
  return { ...answer, headers: [...answer.headers, ['x-openwhisk-activation-id', activation.id]] }
}

function holdsKey({ webSecure }: FunctionSpec, { headers }: WebRequest): boolean {
  return webSecure === undefined || headers['x-require-whisk-auth'] === webSecure
}
