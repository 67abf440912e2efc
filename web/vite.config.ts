import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'
import { messagesOptions } from './messages-options.ts'
import { plainStates } from './plain-states.ts'
import { shortMessages } from './short-messages.ts'
import { shortNames } from './short-names.ts'

type Directives = NonNullable<NonNullable<Parameters<typeof sveltekit>[0]>['csp']>['directives']

// The one script that stands in the page itself: language and colours, before anything is drawn.
const page = readFileSync(join(import.meta.dirname, 'src/app.html'), 'utf8')
const firstScript = createHash('sha256')
  .update(/<script>([^]*?)<\/script>/.exec(page)?.[1] ?? '')
  .digest('base64')

const contentSecurityPolicy: Directives = {
  'default-src': ['self'],
  'script-src': ['self', `sha256-${firstScript}`],
  // The hash is that of the style attribute which Kit gives to the element that announces pages to screen readers.
  'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
  // blob: for images that somebody attaches; pictures of versions come from the store, which is local on one machine.
  'img-src': ['self', 'data:', 'blob:', 'https:', 'http://localhost:*', 'http://127.0.0.1:*'],
  'font-src': ['self'],
  'connect-src': [
    'self',
    'https:',
    'wss:',
    'http://localhost:*',
    'http://127.0.0.1:*',
    'ws://localhost:*',
    'ws://*.localhost:*',
  ],
  'frame-src': ['self', 'https:', 'http://localhost:*', 'http://*.localhost:*'],
  'object-src': ['none'],
  'base-uri': ['self'],
}

/** What every page needs at once is one file: in thirty small ones it weighs an eighth more. */
const everyPage = {
  name: 'every-page',
  test: /\/lib\/(site\/(Header|Mark|PaletteButton|ThemeButton|words)|commands\/(commands|CommandCenter|site-commands|keys|Keys\.)|shell\/[Ss]hell|session\.|api\.|context\.|format\.|language\.|messages\.|notify\.|theme\.|contract\.)|paraglide\/(runtime|messages\/site_(try_again|check_connection))|@lucide\/svelte\/dist\/(Icon|icons\/(search|sun|moon|monitor))|\/contract\/paths|said-in$/,
}

/**
 * What Kit reads before all else stands alone: together with the rest it would be read before the page has said which
 * version it is, and a page that finds itself outdated loads itself anew, without end where there is nothing to show.
 */
const beforeAll = { name: 'before-all', test: /\/runtime\/client\/payload\.js|preload-helper/, priority: 1 }

export default defineConfig({
  // Beside what else is generated, not in the packages' folder.
  cacheDir: '.svelte-kit/vite',
  // Fonts inlined as data: addresses would be refused by the policy above.
  build: { assetsInlineLimit: 0, rolldownOptions: { output: { codeSplitting: { groups: [beforeAll, everyPage] } } } },
  plugins: [
    plainStates(),
    paraglideVitePlugin(messagesOptions),
    shortMessages(),
    shortNames(),
    sveltekit({
      adapter: adapter({ fallback: 'index.html', precompress: false }),
      csp: { mode: 'hash', directives: contentSecurityPolicy },
      compilerOptions: { runes: true },
      // The site registers its worker itself, and asks before a newer one takes over.
      serviceWorker: { register: false },
    }),
  ],
})
