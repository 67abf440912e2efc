import { m } from '#lib/messages.ts'
import type { Theme } from '#lib/theme.svelte.ts'

export const themeNames: Record<Theme, () => string> = {
  system: m.site_theme_system,
  light: m.site_theme_light,
  dark: m.site_theme_dark,
}
