import { Image, ImagePath } from '../../../lib/contract/conversation.ts'
import { faultOfImage } from '../../../lib/domain/image.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import { sha256Of } from '../../../lib/work/stored-files.ts'
import { imageAddress } from './image-address.ts'

export const checkImage = waitingOperation({
  summary: 'Have an image looked at that was put into storage: by its content, not by its name',
  path: ImagePath,
  may: ['generation.start', inProject],
  answers: [200, Image],
  refuses: ['not_found', 'digest_mismatch', 'invalid_request'],
  async run({ path: { projectId, imageId } }, { within, objects }) {
    const image = await within(({ images }) => images.find(projectId, imageId))
    if (!image) return refuse('not_found')
    const { mediaType, size, sha256 } = image
    const key = objectKeys.image(projectId, imageId)
    if (!image.checked) {
      const bytes = await objects.get(key, size)
      if (bytes?.byteLength !== size || sha256Of(bytes) !== sha256) {
        return refuse('digest_mismatch', 'The image was not put there, or is not the one that was announced.')
      }
      const fault = faultOfImage(bytes, mediaType)
      if (fault) {
        await objects.remove(key)
        await within(({ images }) => images.forget(projectId, imageId))
        return refuse('invalid_request', fault)
      }
      await within(({ images }) => images.settle(projectId, imageId))
    }
    return { id: imageId, mediaType, size, url: await imageAddress(objects, projectId, image) }
  },
})
