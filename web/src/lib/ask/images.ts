import { Problem, type Api } from '#lib/api.ts'
import {
  projectPaths,
  type Image,
  type imageLimit,
  type imageTypes,
  type ImageUpload,
  type ProjectId,
} from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

const types: typeof imageTypes = ['image/png', 'image/jpeg', 'image/webp']
const limit: typeof imageLimit = 5_242_880
export const acceptedImages = types.join(',')

export interface Upload {
  api: Api
  project: ProjectId
  file: File
  /** Called with how much of the image was sent, from 0 to 1. */
  onProgress: (share: number) => void
}

/** Stores an image so that a request can point at it; it was looked at by the API when this answers. */
export async function upload({ api, project, file, onProgress }: Upload): Promise<Image | Problem> {
  const objection = objectionTo(file)
  if (objection) return objection
  const bytes = await file.arrayBuffer()
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
  const place = await api.send<ImageUpload>('POST', projectPaths.images(project), {
    mediaType: file.type,
    size: file.size,
    sha256,
  })
  if (place instanceof Problem) return place
  const sent = await put(place, bytes, onProgress)
  if (!sent) return new Problem('unreachable', m.ask_image_lost(), m.ask_image_again())
  return api.send<Image>('POST', projectPaths.imageChecked(project, place.id))
}

function objectionTo({ type, size }: File): Problem | null {
  if (!types.some((known) => known === type)) {
    return new Problem('invalid_request', m.ask_not_attachable(), m.ask_attachable())
  }
  if (size <= limit) return null
  return new Problem('too_large', m.ask_too_large(), m.ask_save_smaller())
}

/** `fetch` cannot tell how far it is, so this is the older way. */
function put({ url, headers }: ImageUpload, bytes: ArrayBuffer, onProgress: Upload['onProgress']): Promise<boolean> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    request.onload = () => resolve(request.status < 300)
    request.onerror = () => resolve(false)
    request.send(bytes)
  })
}
