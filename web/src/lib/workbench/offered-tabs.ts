import { stageTabs, type StageTab } from '#lib/panes.svelte.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'

const readable: Record<NonNullable<Workbench['readOnly']>, readonly StageTab[]> = {
  archived: ['preview', 'code', 'versions', 'settings'],
  viewer: ['preview', 'code', 'versions'],
}

/** What is of use in a project: where nothing runs there is no console, and what is somebody else's is not set. */
export const offeredTabs = ({ readOnly }: Workbench): readonly StageTab[] => (readOnly ? readable[readOnly] : stageTabs)
