import { m } from '#lib/messages.ts'
import type { Device, Zoom } from './screen.svelte.ts'

export const deviceWords: Record<Device, () => string> = {
  full: m.preview_device_full,
  laptop: m.preview_device_laptop,
  tablet: m.preview_device_tablet,
  phone: m.preview_device_phone,
}

export const zoomWords = (zoom: Zoom): string => (zoom === 'fit' ? m.preview_zoom_fit() : `${zoom} %`)
