import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { compileModule } from 'svelte/compiler'

/** Imported first, it lets a test import the site's classes of state: their runes are compiled as for a browser. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.startsWith('svelte/')) return nextResolve(specifier, context)
    return nextResolve(specifier, { ...context, conditions: [...context.conditions, 'browser'] })
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.svelte.ts')) return nextLoad(url, context)
    const filename = fileURLToPath(url)
    const script = stripTypeScriptTypes(readFileSync(filename, 'utf8'))
    const { js } = compileModule(script, { filename, generate: 'client' })
    return { format: 'module', source: js.code, shortCircuit: true }
  },
})

/** What the classes ask of the page they are in. */
class Page extends EventTarget {
  hidden = false
  get visibilityState(): string {
    return this.hidden ? 'hidden' : 'visible'
  }

  hide(hidden: boolean): void {
    this.hidden = hidden
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

export const page = new Page()
const kept = new Map<string, string>()
Object.assign(globalThis, {
  document: page,
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
})

/** What browsers have and Node has not yet. */
Object.defineProperty(Uint8Array.prototype, 'toHex', {
  value(this: Uint8Array) {
    return Buffer.from(this).toString('hex')
  },
})
