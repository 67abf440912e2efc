import type { ReplyBlock } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { addField } from './add-field.ts'
import { breaking } from './break.ts'
import type { Change } from './change.ts'
import { clearAll } from './clear-all.ts'
import { colour } from './colour.ts'
import { darkMode } from './dark-mode.ts'
import { note } from './note.ts'
import { rename } from './rename.ts'

const changes: readonly Change[] = [breaking, rename, clearAll, addField, darkMode, colour]

/** The next reply in changing an app: the first change that the prompt asks for and the project has room for. */
export async function changeFor(turn: Turn): Promise<ReplyBlock[]> {
  for (const change of changes.filter(({ asks }) => asks(turn.prompt))) {
    const blocks = await change.next(turn)
    if (blocks !== undefined) return blocks
  }
  return note(turn)
}
