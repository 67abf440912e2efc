import type { Command } from '#lib/commands/commands.svelte.ts'
import { focusBox } from '#lib/ask/focus.ts'
import { m } from '#lib/messages.ts'
import { sayProblem } from '#lib/notify.ts'
import { stageTabs, type Panes } from '#lib/panes.svelte.ts'
import type { PreviewFrame } from '#lib/preview/preview-frame.svelte.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'
import type { Problem } from '#lib/api.ts'
import { restoreVersion } from '#lib/versions/restore.ts'
import { tabNames } from './words.ts'

interface Means {
  bench: Workbench
  panes: Panes
  frame: PreviewFrame
}

/** What can be done with the project that is open. */
export function benchCommands({ bench, panes, frame }: Means): Command[] {
  return [...paneCommands(panes), ...appCommands({ bench, panes, frame }), ...versionCommands(bench)]
}

function paneCommands(panes: Panes): Command[] {
  return [
    { id: 'ask', title: m.workbench_ask, group: 'go', keys: '/', run: () => toBox(panes) },
    ...stageTabs.map((tab, index): Command => ({
      id: `tab-${tab}`,
      title: () => m.workbench_show_tab({ tab: tabNames[tab]() }),
      group: 'show',
      keys: `alt+${index + 1}`,
      when: () => panes.tabs.includes(tab),
      run: () => panes.open(tab),
    })),
    { id: 'wide', title: () => wideTitle(panes), group: 'show', keys: 'mod+b', run: () => panes.toggleWide() },
  ]
}

function appCommands({ bench, panes, frame }: Means): Command[] {
  const shown = () => bench.preview !== null
  return [
    {
      id: 'open-preview',
      title: m.workbench_open_preview,
      group: 'go',
      keys: 'alt+o',
      when: shown,
      run: () => void bench.openPreview(),
    },
    {
      id: 'reload-preview',
      title: m.workbench_reload,
      group: 'do',
      keys: 'alt+r',
      when: shown,
      run: () => void reload({ bench, panes, frame }),
    },
    {
      id: 'start-sandbox',
      title: m.workbench_start_sandbox,
      group: 'do',
      when: () => !bench.readOnly && ['stopped', 'absent', 'failed'].includes(bench.runtime.state),
      run: () => void tell(bench.startSandbox()),
    },
  ]
}

function versionCommands(bench: Workbench): Command[] {
  const before = () => bench.versions.items[1]
  return [
    {
      id: 'stop',
      title: m.workbench_stop,
      group: 'do',
      keys: 'mod+.',
      when: () => bench.active !== undefined,
      run: () => void tell(bench.cancel()),
    },
    {
      id: 'restore-before',
      title: () => m.workbench_restore_before({ number: before()?.number ?? 0 }),
      group: 'do',
      when: () => before() !== undefined && !bench.active && !bench.readOnly,
      run: () => void restoreBefore(bench),
    },
  ]
}

const wideTitle = ({ wide }: Panes) => (wide ? m.workbench_show_conversation() : m.workbench_hide_conversation())

async function restoreBefore(bench: Workbench): Promise<void> {
  const version = bench.versions.items[1]
  if (version) await restoreVersion(bench, version)
}

function toBox(panes: Panes): void {
  panes.showConversation()
  focusBox()
}

async function reload({ bench, panes, frame }: Means): Promise<void> {
  panes.open('preview')
  await bench.freshPreview()
  if (!frame.reload()) panes.reloads += 1
}

async function tell(done: Promise<Problem | undefined>): Promise<void> {
  const problem = await done
  if (problem) void sayProblem(problem)
}
