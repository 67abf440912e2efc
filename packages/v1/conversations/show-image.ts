import * as z from 'zod/mini'
import { ImagePath } from '../../../lib/contract/conversation.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { imageAddress } from './image-address.ts'

export const showImage = operation({
  summary: 'Go to an image of the conversation, at an address that is good for an hour',
  path: ImagePath,
  may: ['project.read', inProject],
  answers: [302, z.object({ location: z.string() })],
  refuses: ['not_found'],
  async run({ path: { projectId, imageId } }, { images, objects }) {
    const image = await images.find(projectId, imageId)
    if (!image?.checked) return refuse('not_found')
    return { location: await imageAddress(objects, projectId, image) }
  },
})
