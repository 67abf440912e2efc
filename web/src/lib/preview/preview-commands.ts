import type { Command } from '#lib/commands/commands.svelte.ts'
import { m } from '#lib/messages.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'
import type { Screen } from './screen.svelte.ts'

interface Means {
  bench: Workbench
  screen: Screen
  pick: () => void
  edit: () => void
  mayEdit: () => boolean
}

/** What can be done with the preview from the keyboard, while it shows. */
export function previewCommands({ bench, screen, pick, edit, mayEdit }: Means): Command[] {
  const when = () => bench.preview !== null
  return [
    { id: 'preview.pick', title: m.preview_pick, group: 'do', when, run: pick },
    {
      id: 'preview.edit',
      title: m.preview_edit,
      group: 'do',
      when: () => when() && mayEdit() && !bench.active,
      run: edit,
    },
    { id: 'preview.phone', title: m.preview_phone_command, group: 'show', when, run: () => screen.choose('phone') },
    { id: 'preview.full', title: m.preview_full_command, group: 'show', when, run: () => screen.choose('full') },
  ]
}
