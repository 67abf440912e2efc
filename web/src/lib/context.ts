import { createContext } from 'svelte'
import type { Commands } from './commands/commands.svelte.ts'
import type { Home } from './home/home.svelte.ts'
import type { Panes } from './panes.svelte.ts'
import type { DirectEdits } from './edits/direct-edits.svelte.ts'
import type { PreviewFrame } from './preview/preview-frame.svelte.ts'
import type { Screen } from './preview/screen.svelte.ts'
import type { Session } from './session.svelte.ts'
import type { Shell } from './shell/shell.svelte.ts'
import type { ThemeChoice } from './theme.svelte.ts'
import type { Workbench } from './workbench.svelte.ts'

export const [getSession, setSession] = createContext<Session>()
export const [getWorkbench, setWorkbench] = createContext<Workbench>()
export const [getPanes, setPanes] = createContext<Panes>()
export const [getPreviewFrame, setPreviewFrame] = createContext<PreviewFrame>()
export const [getDirectEdits, setDirectEdits] = createContext<DirectEdits>()
export const [getScreen, setScreen] = createContext<Screen>()
export const [getTheme, setTheme] = createContext<ThemeChoice>()
export const [getCommands, setCommands] = createContext<Commands>()
export const [getShell, setShell] = createContext<Shell>()
export const [getHome, setHome] = createContext<Home>()
