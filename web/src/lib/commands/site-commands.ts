import { goto } from '$app/navigation'
import { page } from '$app/state'
import { resolve } from '$app/paths'
import { chooseLanguage, languages } from '#lib/language.ts'
import { getLocale, m } from '#lib/messages.ts'
import { sayIfProblem } from '#lib/notify.ts'
import { undoables } from '#lib/undoable.svelte.ts'
import type { Session } from '#lib/session.svelte.ts'
import { themes, type ThemeChoice } from '#lib/theme.svelte.ts'
import { themeNames } from '#lib/site/words.ts'
import type { Command, Commands } from './commands.svelte.ts'

interface Site {
  commands: Commands
  session: Session
  theme: ThemeChoice
}

/** What can be done on every page. */
export function siteCommands({ commands, session, theme }: Site): Command[] {
  const at = (route: string) => page.route.id === route
  return [
    { id: 'palette', title: m.commands_open, group: 'show', keys: 'mod+k', run: () => (commands.list = 'palette') },
    { id: 'keys', title: m.commands_keys, group: 'show', keys: '?', run: () => (commands.list = 'keys') },
    undoCommand,
    { id: 'home', title: m.commands_home, group: 'go', keys: 'g then h', when: () => !at('/'), run: go('/') },
    {
      id: 'settings',
      title: m.commands_settings,
      group: 'go',
      keys: 'g then s',
      when: () => session.person !== null && !at('/settings'),
      run: go('/settings'),
    },
    {
      id: 'operator',
      title: m.operator_title,
      group: 'go',
      when: () => session.person?.operates === true && !at('/operator'),
      run: go('/operator'),
    },
    ...themes.map((value): Command => ({
      id: `theme-${value}`,
      title: () => m.commands_theme({ theme: themeNames[value]() }),
      group: 'show',
      when: () => theme.value !== value,
      run: () => theme.choose(value),
    })),
    ...languages.map(({ locale, name }): Command => ({
      id: `language-${locale}`,
      title: () => m.commands_language({ name }),
      group: 'show',
      when: () => getLocale() !== locale,
      run: () => chooseLanguage(locale),
    })),
    ...doors(session),
  ]
}

/** In and out. */
const doors = (session: Session): Command[] => [
  {
    id: 'sign-in',
    title: m.site_sign_in,
    group: 'do',
    when: () => session.state === 'anonymous' || session.state === 'expired',
    run: () => void sayIfProblem(session.signIn(page.url.pathname)),
  },
  {
    id: 'sign-out',
    title: m.site_sign_out,
    group: 'do',
    when: () => session.person !== null,
    run: () => void sayIfProblem(session.signOut()),
  },
]

const go = (route: '/' | '/settings' | '/operator') => () => void goto(resolve(route))

const undoCommand: Command = {
  id: 'undo',
  title: () => m.commands_undo({ done: undoables.last?.text ?? '' }),
  group: 'do',
  keys: 'mod+z',
  notInFields: true,
  when: () => undoables.last !== undefined,
  run: () => undoables.last?.undo(),
}
