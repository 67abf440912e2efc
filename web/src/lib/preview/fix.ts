import { focusBox } from '#lib/ask/focus.ts'
import { getPanes, getWorkbench } from '#lib/context.ts'
import type { Attachment } from '#lib/contract.ts'

/** Puts an error into the prompt, with words that ask for its fix, and goes there. */
export function fixer(): (error: Attachment) => void {
  const [bench, panes] = [getWorkbench(), getPanes()]
  return (error) => {
    bench.talk.wish.askToFix(error)
    panes.showConversation()
    focusBox()
  }
}
