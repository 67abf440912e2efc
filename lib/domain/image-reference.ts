import type { ImageId } from '../contract/ids.ts'

const scheme = 'everjust-image:'

/**
 * An uploaded image as a request to the model names it. Requests are small and kept; the gateway puts the image itself in
 * the place of its name when it passes the request on.
 */
export const imageReference = (id: ImageId, mediaType: string) => ({
  type: 'image' as const,
  source: { type: 'url' as const, url: `${scheme}${id}#${mediaType}` },
})

/** Which image an address names, or undefined when it names none of ours. */
export function referredImage(url: string): { id: string; mediaType: string } | undefined {
  const [, id, mediaType] = /^everjust-image:(img_[0-9a-z]+)#(image\/(?:png|jpeg|webp))$/.exec(url) ?? []
  return id && mediaType ? { id, mediaType } : undefined
}
