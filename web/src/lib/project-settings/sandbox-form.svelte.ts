import { m } from '#lib/messages.ts'
import type { SandboxChoice, SandboxSettings } from '#lib/contract.ts'

const host = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/
const most = 5
const steps = [5, 10, 15, 30, 60, 120, 240]

/** What somebody is about to choose for a sandbox, as fields hold it. */
export class SandboxForm {
  /** Which of the sizes, as its place in the list; empty for the usual one. */
  size = $state('')
  minutes = $state('')
  network = $state<'open' | 'none'>('open')
  hosts = $state('')
  settings: SandboxSettings
  readonly choice: SandboxChoice = $derived.by(() => ({
    size: this.settings.bounds.sizes[Number(this.size || Number.NaN)] ?? null,
    autoStopMinutes: this.minutes ? Number(this.minutes) : null,
    network: this.network === 'open' ? { kind: 'open', hosts: this.#named() } : { kind: 'none' },
  }))
  readonly changed = $derived.by(() => JSON.stringify(this.choice) !== JSON.stringify(ordered(this.settings.chosen)))
  readonly objection = $derived.by(() => this.#objection())

  constructor(settings: SandboxSettings) {
    this.settings = $state.raw(settings)
    this.saved(settings)
  }

  /** What the API says of it now; what somebody is about to choose stays. */
  heard(settings: SandboxSettings): void {
    if (this.changed) this.settings = { ...this.settings, restartNeeded: settings.restartNeeded }
    else this.saved(settings)
  }

  saved(settings: SandboxSettings): void {
    const { size, autoStopMinutes, network } = settings.chosen
    this.settings = settings
    const at = settings.bounds.sizes.findIndex((each) => each.cpu === size?.cpu && each.memoryGiB === size.memoryGiB)
    this.size = at < 0 ? '' : String(at)
    this.minutes = autoStopMinutes === null ? '' : String(autoStopMinutes)
    this.network = network.kind
    this.hosts = network.kind === 'open' ? network.hosts.join('\n') : ''
  }

  /** The times one can choose from: those of the plan, and the one that is chosen. */
  get times(): number[] {
    const { least, most: longest } = this.settings.bounds.autoStopMinutes
    const chosen = this.settings.chosen.autoStopMinutes
    const known = steps.filter((minutes) => minutes >= least && minutes <= longest)
    return chosen === null || known.includes(chosen) ? known : [...known, chosen].toSorted((a, b) => a - b)
  }

  #named(): string[] {
    return this.hosts
      .split(/\s+/)
      .map((name) => name.toLowerCase())
      .filter((name) => name !== '')
  }

  #objection(): string {
    if (this.network === 'none') return ''
    const named = this.#named()
    const wrong = named.find((name) => !host.test(name))
    if (wrong) return m.project_settings_hosts_wrong({ host: wrong })
    return named.length > most ? m.project_settings_hosts_many() : ''
  }
}

const ordered = ({ size, autoStopMinutes, network }: SandboxChoice): SandboxChoice => ({
  size: size && { cpu: size.cpu, memoryGiB: size.memoryGiB },
  autoStopMinutes,
  network: network.kind === 'open' ? { kind: 'open', hosts: network.hosts } : { kind: 'none' },
})
