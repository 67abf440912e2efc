import type { ModelRequest } from '../contract/model.ts'
import type { ProjectId } from '../contract/ids.ts'
import { referredImage } from '../domain/image-reference.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'

/** The vendor takes requests of 32 MB; images grow by a third on the way. */
const mostBytes = 20 * 1024 * 1024

type Block = Record<string, unknown>
interface Reading {
  objects: ObjectStore
  projectId: ProjectId
  left: number
}

/** The request with the images of its project in the places that name them; one that is gone is said to be gone. */
export async function withImages(
  objects: ObjectStore,
  projectId: ProjectId,
  request: ModelRequest,
): Promise<ModelRequest> {
  const { messages } = request.body
  if (!Array.isArray(messages)) return request
  const reading = { objects, projectId, left: mostBytes }
  const filled: unknown[] = []
  // One after the other: each takes from what is left.
  for (const message of messages as unknown[]) filled.push(await withContent(message, reading))
  return { ...request, body: { ...request.body, messages: filled } }
}

async function withContent(message: unknown, reading: Reading): Promise<unknown> {
  const { content } = message as Block
  if (!Array.isArray(content)) return message
  const blocks: unknown[] = []
  for (const block of content as unknown[]) blocks.push(await filledBlock(block as Block, reading))
  return { ...(message as Block), content: blocks }
}

async function filledBlock(block: Block, reading: Reading): Promise<Block> {
  const { url } = (block['source'] ?? {}) as { url?: unknown }
  const image = block['type'] === 'image' && typeof url === 'string' ? referredImage(url) : undefined
  if (!image) return block
  const bytes = await reading.objects.get(objectKeys.image(reading.projectId, image.id))
  if (!bytes || bytes.length > reading.left) return { type: 'text', text: bytes ? tooMuch : gone }
  reading.left -= bytes.length
  const data = Buffer.from(bytes).toString('base64')
  return { ...block, source: { type: 'base64', media_type: image.mediaType, data } }
}

const gone = '[An image stood here that is not there any more.]'
const tooMuch = '[An image stood here that is too much beside the others.]'
