import { newId } from '../../../lib/contract/ids.ts'
import { folderLimit } from '../../../lib/contract/library-limits.ts'
import { Folder, NewFolder } from '../../../lib/contract/library.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const addFolder = operation({
  summary: 'Make a folder for projects',
  body: NewFolder,
  may: ['folder.change', inOrganization],
  answers: [201, Folder],
  refuses: ['conflict'],
  async run({ body: { name }, principal, standing: { organizationId } }, { folders }) {
    const made = await folders.add({ id: newId('folder'), organizationId, name, createdBy: personOf(principal) })
    if (made === 'full') return refuse('conflict', `There are ${folderLimit} folders, and no more can be made.`)
    return made ?? refuse('conflict', 'There is a folder of this name.')
  },
})
