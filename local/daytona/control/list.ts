import { Refusal } from '../http/refusal.ts'
import { textMap } from '../http/fields.ts'
import type { Box } from '../boxes/box.ts'

const LIMIT = 100

/** One page of the sandboxes that match the query's labels, states, name and id, oldest first. */
export function pageOf(boxes: readonly Box[], query: URLSearchParams): { items: Box[]; nextCursor: string | null } {
  const labels = Object.entries(labelsIn(query.get('labels')))
  const states = query.getAll('states').flatMap((value) => value.split(','))
  const name = query.get('name')
  const id = query.get('id')
  const matching = boxes.filter(
    (box) =>
      labels.every(([key, value]) => box.labels[key] === value) &&
      (states.length === 0 || states.includes(box.state)) &&
      (name === null || box.name.startsWith(name)) &&
      (id === null || box.id.startsWith(id)),
  )
  const sorted = matching.toSorted(
    (one, other) => one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id),
  )
  const after = query.get('cursor')
  const start = after === null ? 0 : sorted.findIndex((box) => keyOf(box) > after)
  const limit = Math.min(Math.max(Number(query.get('limit') ?? LIMIT) || LIMIT, 1), LIMIT)
  const items = start < 0 ? [] : sorted.slice(start, start + limit)
  const last = items.at(-1)
  const more = last !== undefined && start + limit < sorted.length
  return { items, nextCursor: more ? keyOf(last) : null }
}

function keyOf(box: Box): string {
  return `${box.createdAt}_${box.id}`
}

function labelsIn(text: string | null): Record<string, string> {
  if (!text) return {}
  try {
    return textMap({ labels: JSON.parse(text) as unknown }, 'labels')
  } catch {
    throw new Refusal(400, 'labels must be a JSON object of strings')
  }
}
