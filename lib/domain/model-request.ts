import type { ModelRequest } from '../contract/model.ts'
import { referredImage } from './image-reference.ts'

export const mostOutputTokens = 32_000

/** What of the vendor's request a run may use. All else could keep state with the vendor, reach out, or cost more. */
const known = new Set([
  'model',
  'max_tokens',
  'system',
  'messages',
  'tools',
  'tool_choice',
  'stream',
  'metadata',
  'thinking',
  'output_config',
  'cache_control',
  'context_management',
  'stop_sequences',
])

/** Why a request of a run is not passed on to the model, or undefined when it may be. */
export function objectionTo({ body }: ModelRequest, { model, fallbackModel }: Allowed): string | undefined {
  const allowed = fallbackModel === null ? [model] : [model, fallbackModel]
  if (!allowed.includes(body.model)) return `This run uses ${allowed.join(' or ')} only.`
  const unknown = Object.keys(body).find((name) => !known.has(name))
  if (unknown) return `A run may not set ${unknown}.`
  if (listOf(body['tools']).some((tool) => 'type' in tool && tool['type'] !== 'custom')) {
    return 'A run may only offer tools of its own.'
  }
  return reachesOut(listOf(body['messages'])) ? 'A run may not refer to stored files or addresses.' : undefined
}

/** How many images of the project a request names. They are put in later, and count then. */
export const imagesIn = ({ body }: ModelRequest): number =>
  listOf(body['messages'])
    .flatMap(({ content }) => listOf(content))
    .filter(({ type }) => type === 'image').length

/** An image counts as at most 5,000 tokens; so many characters are counted for it. */
export const charactersOfImage = 15_000

/** The models of a run: its own, and the one that may step in. */
interface Allowed {
  model: string
  fallbackModel: string | null
}

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

// Content nests at most message → tool result → document → block; what is deeper is refused rather than followed.
function reachesOut(parts: Fields[], depth = 0): boolean {
  if (depth > 4) return parts.length > 0
  return parts.some(
    ({ type, source, content }) =>
      type === 'container_upload' ||
      (isFields(source) &&
        (source['type'] === 'file' || isForeign(source) || reachesOut(listOf(source['content']), depth + 1))) ||
      reachesOut(listOf(content), depth + 1),
  )
}

// An address would be fetched by the vendor; only names of the project's own images are let through.
const isForeign = ({ type, url }: Fields) => type === 'url' && (typeof url !== 'string' || !referredImage(url))

/** The request as the vendor gets it: streamed, capped, and signed with a name that says nothing about the person. */
export const forwarded = ({ body }: ModelRequest, userDigest: string, maxTokens: number) => ({
  ...body,
  max_tokens: Math.min(body.max_tokens, mostOutputTokens, maxTokens),
  stream: true,
  metadata: { user_id: userDigest },
})
