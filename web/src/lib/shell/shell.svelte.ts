import { online } from 'svelte/reactivity/window'

/** What a browser offers when a site can be installed; not every browser does. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

const hour = 60 * 60_000

/** The site as a program: whether it is connected, whether all of it came, whether a newer one waits, and whether it can be installed. */
export class Shell {
  readonly offline = $derived(online.current === false)
  /** A newer version is loaded and waits for leave. */
  renewed = $state(false)
  /** Something that this page asked for when it was needed did not come. */
  partAway = $state(false)
  #offer = $state.raw<InstallOffer | null>(null)
  readonly installable = $derived(this.#offer !== null)
  #registration: ServiceWorkerRegistration | undefined

  async start(): Promise<void> {
    addEventListener('beforeinstallprompt', (event) => this.#offered(event))
    addEventListener('appinstalled', () => (this.#offer = null))
    // https://vite.dev/guide/build#load-error-handling
    addEventListener('vite:preloadError', () => (this.partAway = true))
    const registration = await navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined)
    if (!registration) return
    this.#registration = registration
    this.#watch(registration)
    setInterval(() => void registration.update().catch(() => undefined), hour)
    await navigator.serviceWorker.ready
    registration.active?.postMessage(performance.getEntriesByType('resource').map(({ name }) => name))
  }

  /** Goes on with the newer version; drafts are kept. */
  renew(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    this.#registration?.waiting?.postMessage('take-over')
  }

  async install(): Promise<void> {
    await this.#offer?.prompt()
    this.#offer = null
  }

  #offered(event: Event): void {
    event.preventDefault()
    if ('prompt' in event) this.#offer = event as InstallOffer
  }

  #watch(registration: ServiceWorkerRegistration): void {
    // The first worker of a browser renews nothing.
    const look = () => (this.renewed = registration.waiting !== null && navigator.serviceWorker.controller !== null)
    look()
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  }
}
