import type { ProjectId, ProjectSort } from '#lib/contract.ts'
import { layouts, sorts, type Layout } from './shelf-view.ts'

const keys = {
  sort: 'everjust:home-sort',
  layout: 'everjust:home-layout',
  welcomed: 'everjust:welcomed',
  firstApp: 'everjust:first-app',
  projects: 'everjust:has-projects',
} as const

/** How somebody last chose to see their projects. */
export const keptSort = (): ProjectSort => sorts.find((sort) => sort === localStorage.getItem(keys.sort)) ?? 'changed'
export const keepSort = (sort: ProjectSort): void => localStorage.setItem(keys.sort, sort)
export const keptLayout = (): Layout => layouts.find((layout) => layout === localStorage.getItem(keys.layout)) ?? 'grid'
export const keepLayout = (layout: Layout): void => localStorage.setItem(keys.layout, layout)

/** Whether the questions of the first visit were answered or skipped here. */
export const wasWelcomed = (): boolean => localStorage.getItem(keys.welcomed) === '1'
export const keepWelcomed = (): void => localStorage.setItem(keys.welcomed, '1')

/** Whether there were projects here before: then their places are shown while they are read. */
export const hadProjects = (): boolean => localStorage.getItem(keys.projects) === '1'
export const keepHadProjects = (): void => localStorage.setItem(keys.projects, '1')

/** The app that was somebody's first here, until its hints were read. */
export const isFirstApp = (id: ProjectId): boolean => localStorage.getItem(keys.firstApp) === id
export const keepFirstApp = (id: ProjectId): void => {
  keepWelcomed()
  localStorage.setItem(keys.firstApp, id)
}
export const forgetFirstApp = (): void => localStorage.removeItem(keys.firstApp)
