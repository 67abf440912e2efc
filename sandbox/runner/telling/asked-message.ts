import type Anthropic from '@anthropic-ai/sdk'
import type { Attachment } from '../../../lib/contract/generation.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { imageReference } from '../../../lib/domain/image-reference.ts'
import type { Frame } from './framing.ts'

type Content = Extract<Anthropic.Beta.BetaMessageParam['content'], unknown[]>
type Generation = NonNullable<RunJob['generation']>
type Pointed = Exclude<Attachment, { kind: 'image' }>

/** What is told with a request before its own words: its images, what it points at, what is locked and what was changed by hand. */
export function besides({ images, attachments, edited, locked = [] }: Generation, frame: Frame): Content {
  const pointed = attachments.filter((attachment) => attachment.kind !== 'image')
  return [
    ...images.map(({ imageId, mediaType }) => imageReference(imageId, mediaType)),
    ...pointed.map((attachment) => text(frame(sourceOf(attachment), describe(attachment)))),
    ...(locked.length > 0 ? [text(`${isLocked}\n${frame('paths', locked.join('\n'))}`)] : []),
    ...(edited.length > 0 ? [text(changedByHand(edited, frame))] : []),
  ]
}

const text = (said: string) => ({ type: 'text' as const, text: said })

const sourceOf = (attachment: Pointed) =>
  attachment.kind === 'element' ? 'the element that the person picked in the preview' : errorSources[attachment.source]

const errorSources = {
  preview: 'an error of the preview that the person points at',
  console: 'an error of the browser console that the person points at',
  check: 'a failed check that the person points at',
} as const

function describe(attachment: Pointed): string {
  if (attachment.kind === 'error') return [attachment.message, attachment.detail].filter(Boolean).join('\n')
  const { selector, tag, text: shown, html, source } = attachment
  const place = source === undefined ? '' : `\nwritten at: ${source}`
  return `selector: ${selector}\ntag: ${tag}\ntext: ${shown}\nhtml: ${html}${place}`
}

const mostPaths = 100

/** Paths are named by people and programs, so they are framed too. */
function changedByHand(edited: Generation['edited'], frame: Frame): string {
  const lines = edited.slice(0, mostPaths).map(({ path, change }) => `${change}: ${path}`)
  const rest = edited.length > mostPaths ? [`and ${edited.length - mostPaths} more`] : []
  return `${byHand}\n${frame('paths', [...lines, ...rest].join('\n'))}`
}

const isLocked =
  'These files are locked by a person: do not change, move or remove them. Work around them, and say so where that is not enough.'

const byHand =
  'These files were changed by hand since you last worked here. Read them before you edit them, and keep those changes.'
