import type { AuthorizationParams } from '@auth0/auth0-spa-js'
import { Api, Problem } from './api.ts'
import { paths, type SiteSettings } from './contract.ts'
import { forgetDrafts } from './draft.ts'
import type { Issuer } from './issuer.ts'
import { keptSignIn, operates, wasSignedIn } from './kept-sign-in.ts'
import { lacks, type Lack } from './lack.ts'
import { m } from './messages.ts'
import { issuerAway, signedOut } from './signed-out.ts'

export type SessionState = 'loading' | 'anonymous' | 'signed-in' | 'expired' | 'unreachable'
export interface Person {
  name: string
  email: string
  /** Runs the installation. */
  operates: boolean
}

/** How the issuer is asked for a second factor. */
const twoFactors = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'

const news = 'everjust-session'

/** Who is at the keyboard, in all tabs alike. The sign-in library is loaded when there is something to do with it. */
export class Session {
  state = $state<SessionState>('loading')
  person = $state.raw<Person | null>(null)
  settings = $state.raw<SiteSettings | null>(null)
  /** Why a request was refused that another sign-in would open. */
  lack = $state.raw<Lack | null>(null)
  readonly api = new Api(
    () => this.#token(),
    (code) => this.#heard(code),
  )

  #opening: Promise<Issuer> | null = null
  readonly #tabs = new BroadcastChannel(news)

  constructor() {
    this.#tabs.onmessage = ({ data }) => this.#elsewhere(data)
  }

  async start(): Promise<void> {
    if (!wasSignedIn()) {
      this.state = 'anonymous'
      await this.#loadSettings()
      return
    }
    await this.#resume()
  }

  /** Leaves for the sign-in page; `returnTo` is the path to come back to. */
  signIn(returnTo: string, hint?: string): Promise<Problem | undefined> {
    // A session that was ended is over for the API, and may go on for the issuer: proving anew begins another.
    const anew = this.state === 'expired' ? ({ prompt: 'login' } as const) : {}
    return this.#leave(returnTo, { ...anew, ...(hint && { login_hint: hint }) })
  }

  /** The same for who is signed in and must prove anew who they are, in another way, or by another account. */
  signInAgain(returnTo: string, lack: Lack | 'another' = 'fresh_sign_in_required'): Promise<Problem | undefined> {
    const { email } = this.person ?? {}
    // By the address of the company the issuer finds the company's sign-in.
    const hint = email && lack !== 'company_sign_in_required' && lack !== 'another' ? { login_hint: email } : {}
    const twice = lack === 'second_factor_required' ? { acr_values: twoFactors } : {}
    return this.#leave(returnTo, { prompt: 'login', ...hint, ...twice })
  }

  /** Takes up what the sign-in page sent back; answers the path to go on to. */
  async finishSignIn(): Promise<string | Problem> {
    const issuer = await this.#issuer()
    if (issuer instanceof Problem) return issuer
    const result = await issuer.takeUp()
    if (result instanceof Problem) return result
    this.#greet(await issuer.person())
    this.#tabs.postMessage('signed-in')
    const returnTo = result.appState?.returnTo ?? '/'
    return returnTo.startsWith('/') && !returnTo.startsWith('//') ? returnTo : '/'
  }

  async signOut(): Promise<Problem | undefined> {
    const issuer = await this.#issuer()
    if (issuer instanceof Problem) return issuer
    // Should it not be heard, the session stays in the list until it is over.
    await this.api.send('DELETE', paths.session('current'))
    return issuer.signOut((url) => {
      forgetDrafts()
      this.#tabs.postMessage('signed-out')
      location.assign(url)
    })
  }

  /** Forgets here who it was, without the issuer: it knows them no more. */
  async forget(): Promise<void> {
    const issuer = await this.#issuer()
    if (!(issuer instanceof Problem)) await issuer.forget()
    forgetDrafts()
    this.#tabs.postMessage('signed-out')
    this.#elsewhere('signed-out')
  }

  async retry(): Promise<void> {
    this.state = 'loading'
    await this.#resume()
  }

  async #leave(returnTo: string, asked: AuthorizationParams): Promise<Problem | undefined> {
    const issuer = await this.#issuer()
    return issuer instanceof Problem ? issuer : issuer.leave(returnTo, asked)
  }

  async #resume(): Promise<void> {
    const settings = this.settings ?? (await this.#loadSettings())
    const kept = settings instanceof Problem ? undefined : keptSignIn(settings)
    if (kept) return this.#greet(kept.user)
    const issuer = await this.#issuer()
    if (issuer instanceof Problem) {
      this.state = 'unreachable'
      return
    }
    const token = await this.#token()
    if (!(token instanceof Problem)) return this.#greet(await issuer.person())
    this.state = token.code === 'unauthenticated' ? 'expired' : 'unreachable'
  }

  #heard(code: Problem['code']): void {
    if (code === 'unauthenticated') this.state = 'expired'
    const lack = lacks.find((each) => each === code)
    if (lack) this.lack = lack
  }

  #greet(user: Partial<Person>): void {
    if (this.#makesWay(user)) return
    const name = user.name ?? user.email ?? m.site_somebody()
    const kept = this.settings && keptSignIn(this.settings)
    this.person = { name, email: user.email ?? '', operates: kept ? operates(kept.token) : false }
    this.state = 'signed-in'
  }

  /** Where somebody else has signed in in another tab, nothing that this page shows or keeps is theirs: it begins anew. */
  #makesWay({ email = '' }: Partial<Person>): boolean {
    const isOther = this.person !== null && this.person.email !== email
    if (isOther) location.reload()
    return isOther
  }

  async #token(): Promise<string | Problem> {
    const kept = this.settings && keptSignIn(this.settings)
    if (kept) return this.#makesWay(kept.user) ? signedOut() : kept.token
    const issuer = await this.#issuer()
    if (issuer instanceof Problem) return issuer
    const token = await issuer.token()
    if (token instanceof Problem && token.code === 'unauthenticated') this.state = 'expired'
    return token
  }

  async #issuer(): Promise<Issuer | Problem> {
    const settings = this.settings ?? (await this.#loadSettings())
    if (settings instanceof Problem) return settings
    this.#opening ??= import('./issuer.ts').then(({ Issuer }) => new Issuer(settings))
    return this.#opening.catch(() => {
      this.#opening = null
      return issuerAway()
    })
  }

  async #loadSettings(): Promise<SiteSettings | Problem> {
    const settings = await new Api().get<SiteSettings>(paths.settings())
    if (!(settings instanceof Problem)) this.settings = settings
    return settings
  }

  #elsewhere(message: unknown): void {
    this.#opening = null
    const kept = message === 'signed-in' && this.settings && keptSignIn(this.settings)
    if (this.state === 'signed-in' && kept) this.#makesWay(kept.user)
    if (message === 'signed-in' && this.state !== 'signed-in') void this.#resume()
    if (message !== 'signed-out') return
    this.person = null
    this.state = 'anonymous'
  }
}
