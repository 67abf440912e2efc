import type { IncomingMessage } from 'node:http'
import { ModelRequest } from '../lib/contract/model.ts'
import type { ProblemCode } from '../lib/contract/problem.ts'
import { paths } from '../lib/contract/paths.ts'

const largestBody = 1_000_000

/** What a request asks of the model, whichever of the two forms it has; or why it is not taken. */
export async function readAsked(request: IncomingMessage): Promise<ModelRequest | ProblemCode> {
  const form = forms[pathOf(request)]
  if (!form || request.method !== 'POST') return form ? 'method_not_allowed' : 'not_found'
  const text = await readText(request)
  if (text === undefined) return 'too_large'
  const asked = ModelRequest.safeParse(form(parsed(text), request))
  return asked.success ? asked.data : 'invalid_request'
}

export const pathOf = ({ url = '/' }: IncomingMessage): string => URL.parse(url, 'http://gateway')?.pathname ?? '/'

const forms: Partial<Record<string, (body: unknown, request: IncomingMessage) => unknown>> = {
  [paths.modelCalls()]: (body) => body,
  '/v1/messages': (body, { headers }) => {
    const beta = headers['anthropic-beta']
    const versions = {
      'anthropic-version': headers['anthropic-version'] ?? '',
      ...(typeof beta === 'string' ? { 'anthropic-beta': beta } : {}),
    }
    return { body, headers: versions }
  },
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestBody) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
