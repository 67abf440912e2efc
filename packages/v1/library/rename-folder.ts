import { Folder, FolderChange, FolderPath } from '../../../lib/contract/library.ts'
import { inFolder } from '../../../lib/entry/locate-folder.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const renameFolder = operation({
  summary: 'Rename a folder',
  path: FolderPath,
  body: FolderChange,
  may: ['folder.change', inFolder],
  answers: [200, Folder],
  refuses: ['conflict'],
  async run({ path: { folderId }, body: { name }, standing: { organizationId } }, { folders }) {
    return (
      (await folders.rename(folderId, organizationId, name)) ?? refuse('conflict', 'There is a folder of this name.')
    )
  },
})
