import { SandboxSettings, WorkshopPath } from '../../../lib/contract/workshop.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { settingsOf } from './settings-of.ts'

export const getSandboxSettings = operation({
  summary: 'Read the settings of a project’s sandbox and what its plan allows',
  path: WorkshopPath,
  may: ['sandbox.control', inProject],
  answers: [200, SandboxSettings],
  run: ({ path: { projectId }, standing: { limits } }, stores) => settingsOf(stores, { projectId, limits }),
})
