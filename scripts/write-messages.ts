import { compile } from '@inlang/paraglide-js'
import { join } from 'node:path'
import { messagesOptions } from '../web/messages-options.ts'
import { whenStale } from './fresh.ts'

const web = join(import.meta.dirname, '../web')

/** Makes the functions that say a message in either language, from `web/messages`; types, tests and the site read them. */
export async function writeMessages(): Promise<void> {
  await whenStale(
    {
      name: 'messages',
      from: ['package-lock.json', 'web/messages/**/*', 'web/messages-options.ts', 'web/project.inlang/settings.json'],
      says: 'Compiling the messages.',
    },
    async () =>
      void (await compile({
        ...messagesOptions,
        project: join(web, messagesOptions.project),
        outdir: join(web, messagesOptions.outdir),
      })),
  )
}

if (import.meta.main) await writeMessages()
