import type { CompilerOptions } from '@inlang/paraglide-js'

/** How messages are compiled, for the site's build and for checks and tests alike. Paths are of `web/`. */
export const messagesOptions = {
  project: 'project.inlang',
  outdir: 'src/lib/paraglide',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'everjust:language',
  emitReadme: false,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitTsDeclarations: true,
} satisfies Partial<CompilerOptions>
