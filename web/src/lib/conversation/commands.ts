import type { Command } from '#lib/commands/commands.svelte.ts'
import { m } from '#lib/messages.ts'
import { sayIfProblem } from '#lib/notify.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'
import type { Find } from './find.svelte.ts'

/** What can be done with the conversation that is open. */
export function talkCommands(bench: Workbench, find: Find): Command[] {
  const { history, talk } = bench
  const { wish } = talk
  const several = () => history.total > 1
  return [
    {
      id: 'find-in-conversation',
      title: m.conversation_find,
      group: 'go',
      keys: 'alt+s',
      when: several,
      run: () => (find.open = true),
    },
    {
      id: 'first-request',
      title: m.conversation_to_first,
      group: 'go',
      when: several,
      run: () => void sayIfProblem(history.show(1)),
    },
    {
      id: 'latest-request',
      title: m.conversation_to_latest,
      group: 'go',
      keys: 'alt+l',
      when: several,
      run: () => void sayIfProblem(history.show(history.total)),
    },
    {
      id: 'plan-or-build',
      title: () => (wish.mode === 'plan' ? m.conversation_build_next() : m.conversation_plan_next()),
      group: 'do',
      keys: 'alt+p',
      when: () => !bench.readOnly,
      run: () => (wish.mode = wish.mode === 'plan' ? 'build' : 'plan'),
    },
  ]
}
