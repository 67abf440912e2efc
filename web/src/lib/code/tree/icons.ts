import Braces from '@lucide/svelte/icons/braces'
import File from '@lucide/svelte/icons/file'
import FileCode from '@lucide/svelte/icons/file-code'
import FileText from '@lucide/svelte/icons/file-text'
import Image from '@lucide/svelte/icons/image'
import Palette from '@lucide/svelte/icons/palette'

const byEnding: Record<string, typeof File> = {
  ...Object.fromEntries(
    ['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'html', 'svelte', 'vue'].map((end) => [end, FileCode]),
  ),
  ...Object.fromEntries(['png', 'jpg', 'jpeg', 'gif', 'webp', 'ico', 'svg'].map((end) => [end, Image])),
  css: Palette,
  json: Braces,
  md: FileText,
  txt: FileText,
}

/** The sign of a kind of file, by its ending. */
export const iconOf = (path: string) => byEnding[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? File
