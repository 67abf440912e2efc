import { m } from '#lib/messages.ts'
import type { StageTab } from '#lib/panes.svelte.ts'

export const tabNames: Record<StageTab, () => string> = {
  preview: m.workbench_tab_preview,
  code: m.workbench_tab_code,
  versions: m.workbench_tab_versions,
  console: m.console_tab,
  settings: m.workbench_tab_settings,
}
