import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulesLimit } from '../../../lib/contract/engine.ts'
import type { Template } from '../../../lib/contract/project.ts'
import { place } from '../../place.ts'
import type { ToolHost } from '../host/tool-host.ts'
import { visible } from './visible.ts'

const file = 'AGENTS.md'

/** The rules file of the project as it stands now, or else its template's; what is too long of it is left out. */
export async function conventionsOf(host: ToolHost, template: Template): Promise<string> {
  const own = await host.ask({ op: 'read', path: file }).then(
    ({ base64 }) => Buffer.from(base64, 'base64').toString('utf8'),
    () => readFileSync(join(place.templates, template, file), 'utf8'),
  )
  const text = visible(own).trim()
  return text.length > rulesLimit ? `${text.slice(0, rulesLimit)}\n[The rest of it is left out: it is too long.]` : text
}
