import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

type Directives = NonNullable<NonNullable<Parameters<typeof sveltekit>[0]>['csp']>['directives']

const contentSecurityPolicy: Directives = {
  'default-src': ['self'],
  'script-src': ['self'],
  'style-src': ['self'],
  'img-src': ['self', 'data:', 'https:'],
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
  'frame-src': ['https:', 'http://localhost:*', 'http://*.localhost:*'],
  'object-src': ['none'],
  'base-uri': ['self'],
}

export default defineConfig({
  // Fonts inlined as data: addresses would be refused by the policy above.
  build: { assetsInlineLimit: 0 },
  plugins: [
    sveltekit({
      adapter: adapter({ fallback: '200.html', precompress: false }),
      csp: { mode: 'hash', directives: contentSecurityPolicy },
      compilerOptions: { runes: true },
    }),
  ],
})
