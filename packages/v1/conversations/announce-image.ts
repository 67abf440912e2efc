import { ConversationPath, ImageUpload, NewImage } from '../../../lib/contract/conversation.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

const seconds = 900
const mostImages = 500

export const announceImage = operation({
  summary: 'Announce an image to be attached, and learn where to put it; then have it `checked`',
  path: ConversationPath,
  body: NewImage,
  may: ['generation.start', inProject],
  answers: [201, ImageUpload],
  refuses: ['conflict'],
  async run({ path: { projectId }, body, principal }, { images, objects }) {
    const id = newId('image')
    const image = { id, projectId, uploadedBy: personOf(principal), ...body }
    if (!(await images.announce(image, mostImages))) {
      return refuse('conflict', `A project has at most ${mostImages} images in its conversation.`)
    }
    const { sha256 } = body
    return { id, ...(await objects.signPut(objectKeys.image(projectId, id), { seconds, sha256 })) }
  },
})
