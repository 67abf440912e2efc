import { tick } from 'svelte'
import type { Command } from '#lib/commands/commands.svelte.ts'
import { m } from '#lib/messages.ts'
import { sayProblem } from '#lib/notify.ts'
import type { Panes } from '#lib/panes.svelte.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'
import type { CodeDesk } from './desk.svelte.ts'

interface Means {
  bench: Workbench
  panes: Panes
  save: () => void
  search: () => void
  toggleWrap: () => void
}

/** What can be done in the Code tab while it is open. */
export function codeCommands(means: Means): Command[] {
  return [...finding(means), ...changing(means)]
}

function finding({ bench: { code }, panes, search }: Means): Command[] {
  const here = () => panes.tab === 'code'
  const open = () => here() && code.files.active !== null
  return [
    {
      id: 'code-file',
      title: m.code_go_to_file,
      group: 'go',
      keys: 'mod+p',
      when: here,
      run: () => (code.finding = true),
    },
    {
      id: 'code-search',
      title: m.code_search,
      group: 'go',
      keys: 'mod+shift+f',
      when: here,
      run: () => void toSearch(code),
    },
    { id: 'code-find', title: m.code_find_in_file, group: 'go', when: open, run: search },
  ]
}

/** From wherever one is, the editor too. */
async function toSearch(code: CodeDesk): Promise<void> {
  code.side = 'search'
  await tick()
  const field = document.querySelector<HTMLInputElement>('#code-search')
  field?.focus()
  field?.select()
}

function changing({ bench: { code }, panes, save, toggleWrap }: Means): Command[] {
  const here = () => panes.tab === 'code'
  const open = () => here() && code.files.active !== null
  return [
    {
      id: 'code-save',
      title: m.code_save,
      group: 'do',
      keys: 'mod+s',
      when: () => here() && code.draft.edits.length > 0,
      run: save,
    },
    { id: 'code-wrap', title: m.code_wrap, group: 'show', keys: 'alt+z', when: open, run: toggleWrap },
    {
      id: 'code-lock',
      title: m.code_toggle_lock,
      group: 'do',
      when: () => open() && code.mayEdit,
      run: () => void toggleLock(code),
    },
    {
      id: 'code-close',
      title: m.code_close_tab,
      group: 'do',
      keys: 'alt+w',
      when: open,
      run: () => code.files.active && code.files.close(code.files.active),
    },
  ]
}

async function toggleLock({ files, locks }: Workbench['code']): Promise<void> {
  const problem = files.active ? await locks.toggle(files.active) : undefined
  if (problem) void sayProblem(problem)
}
