import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { openPipe } from './pipe.ts'

/** Starts a browser without a window; it ends with the pipe it is driven by. Rejects when it does not start. */
export async function startChromium(program: string) {
  const profile = mkdtempSync(join(tmpdir(), 'browser-'))
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...broughtAlong(dirname(program)), HOME: profile },
  })
  const pipe = openPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const failed = new Promise<never>((_resolve, reject) => child.once('error', reject))
  const close = () => {
    child.kill('SIGKILL')
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    await Promise.race([pipe.ask('Browser.getVersion'), failed])
  } catch (error) {
    close()
    throw error
  }
  return { ...pipe, close }
}
export type Chromium = Awaited<ReturnType<typeof startChromium>>

// An unpacked browser has its own fonts, and libraries where the system has none; an installed one has the system's.
function broughtAlong(folder: string): NodeJS.ProcessEnv {
  const [fonts, libraries] = [join(folder, 'fonts.conf'), join(folder, 'lib')]
  return {
    ...(existsSync(fonts) ? { FONTCONFIG_FILE: fonts } : {}),
    ...(existsSync(libraries) ? { LD_LIBRARY_PATH: libraries } : {}),
  }
}

const flags = [
  '--headless',
  '--remote-debugging-pipe',
  // The sandbox around it is the box; inside, it may have no rights to build another.
  '--no-sandbox',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--no-first-run',
  '--mute-audio',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]
