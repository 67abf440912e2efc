import * as z from 'zod/mini'
import { FolderPath } from '../../../lib/contract/library.ts'
import { inFolder } from '../../../lib/entry/locate-folder.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const removeFolder = operation({
  summary: 'Remove a folder; the projects in it stay',
  path: FolderPath,
  may: ['folder.change', inFolder],
  answers: [204, z.null()],
  async run({ path: { folderId } }, { folders }) {
    await folders.remove(folderId)
    return null
  },
})
