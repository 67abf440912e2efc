import { ProjectPath } from '../../../lib/contract/project.ts'
import { Sandbox } from '../../../lib/contract/sandbox.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { toSandbox } from '../../../lib/domain/sandbox.ts'

export const getSandbox = operation({
  summary: 'Read the state of the sandbox and the address of its preview',
  path: ProjectPath,
  may: ['project.read', inProject],
  answers: [200, Sandbox],
  async run({ path: { projectId } }, { sandboxes, now }) {
    const [row] = await Promise.all([sandboxes.find(projectId), sandboxes.touch(projectId)])
    return toSandbox(row, now())
  },
})
