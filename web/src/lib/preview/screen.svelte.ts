export const devices = {
  full: null,
  laptop: { width: 1280, height: 800 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const
export type Device = keyof typeof devices
export const deviceNames = ['full', 'laptop', 'tablet', 'phone'] as const satisfies readonly Device[]

export const zooms = ['fit', 100, 75, 50] as const
export type Zoom = (typeof zooms)[number]

interface Size {
  width: number
  height: number
}
const least = 280
const most = 2_560

/** How large the app's window is made, and how large it is shown. */
export class Screen {
  device = $state<Device>('full')
  rotated = $state(false)
  zoom = $state<Zoom>('fit')
  /** A width of one's own; null where the device has its own. */
  width = $state<number | null>(null)
  /** The room there is for it. */
  room = $state.raw<Size>({ width: 0, height: 0 })

  /** The app's window, in its own pixels; null where it takes all the room. */
  readonly size = $derived.by((): Size | null => {
    const device = devices[this.device]
    if (!device) return this.width === null ? null : { width: this.width, height: this.room.height }
    const [width, height] = this.rotated ? [device.height, device.width] : [device.width, device.height]
    return { width: this.width ?? width, height }
  })
  readonly scale = $derived.by(() => {
    if (this.zoom !== 'fit') return this.zoom / 100
    const { size, room } = this
    // What is wider than the room becomes smaller; its height can be scrolled when that is all that is missing.
    return size && room.width > 0 ? Math.min(1, room.width / size.width, room.height / size.height) : 1
  })
  /** The window in its own pixels, whatever shows it. */
  readonly inner = $derived.by(
    (): Size => this.size ?? { width: this.room.width / this.scale, height: this.room.height / this.scale },
  )
  readonly framed = $derived(this.size !== null)

  choose(device: Device): void {
    this.device = device
    this.width = null
    if (device === 'full') this.rotated = false
  }

  /** Makes it as wide as somebody drags it. */
  stretch(width: number): void {
    this.width = Math.round(Math.min(most, Math.max(least, width)))
  }
}
