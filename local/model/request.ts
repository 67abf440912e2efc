import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { Refusal } from './refusal.ts'

const maxBytes = 32 * 1024 * 1024

const TextBlock = z.looseObject({ type: z.literal('text'), text: z.string() })
const ToolUse = z.looseObject({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
})
const ToolResult = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(z.union([TextBlock, z.looseObject({ type: z.string() })]))]).optional(),
  is_error: z.boolean().nullish(),
})
const OtherBlock = z.looseObject({
  type: z.string().refine((type) => !['text', 'tool_use', 'tool_result'].includes(type)),
})
const Block = z.union([TextBlock, ToolUse, ToolResult, OtherBlock])
const Message = z.looseObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(Block)]),
})

const Request = z.looseObject({
  model: z.string(),
  max_tokens: z.int().positive().default(4096),
  messages: z.array(Message).min(1),
  system: z.union([z.string(), z.array(TextBlock)]).optional(),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
  stream: z.boolean().optional(),
})

export type MessagesRequest = z.infer<typeof Request>
export type MessageBlock = z.infer<typeof Block>
export type ToolResultBlock = z.infer<typeof ToolResult>

/** Reads a Messages API request; throws a `Refusal` as the real API would for a body it does not take. */
export async function readRequest(request: IncomingMessage): Promise<MessagesRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > maxBytes) throw new Refusal('request_too_large', 'Request exceeds the maximum size')
    chunks.push(chunk)
  }
  const parsed = Request.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal('invalid_request_error', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('invalid_request_error', 'The request body is not valid JSON')
  }
}
