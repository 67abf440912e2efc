import type { StyleName } from '#lib/contract.ts'
import { Refused } from './direct-change.ts'

interface Kind {
  /** Which classes say the same. */
  same: RegExp
  class: (value: string) => string
}

const size =
  /^text-(xs|sm|base|lg|xl|[2-9]xl|\[(length:|\.?\d|clamp\(|calc\(|min\(|max\()[^\]]*\]|\(length:[^)]*\))(\/\S+)?$/
const align = /^text-(left|center|right|justify|start|end)$/
const text = new RegExp(
  `^text-(?!(xs|sm|base|lg|xl|[2-9]xl|wrap|nowrap|balance|pretty|ellipsis|clip|left|center|right|justify|start|end)(/|$)` +
    String.raw`|shadow|\[(length:|\.?\d|clamp\(|calc\(|min\(|max\()|\(length:)`,
)
const background = new RegExp(
  `^bg-(?!(fixed|local|scroll|cover|contain|auto|none|center|top|bottom|left|right|repeat|no-repeat)(-|$)` +
    String.raw`|(clip|origin|blend|linear|gradient|radial|conic|position|size)-|\[(url|image|position|size|length)|-)`,
)
const weights = ['thin', 'extralight', 'light', 'normal', 'medium', 'semibold', 'bold', 'extrabold', 'black']
const arbitrary = (name: string) => (value: string) => `${name}-[${value.replaceAll(' ', '_')}]`

const kinds: Record<StyleName, Kind> = {
  color: { same: text, class: arbitrary('text') },
  'background-color': { same: background, class: arbitrary('bg') },
  'font-size': { same: size, class: arbitrary('text') },
  'font-weight': {
    same: new RegExp(String.raw`^font-(${weights.join('|')}|\d+|\[\d+\]|\[weight:.*\])$`),
    class: (value) => `font-${weights[Number(value) / 100 - 1] ?? 'normal'}`,
  },
  'text-align': { same: align, class: (value) => `text-${value}` },
  padding: { same: /^p[xytrblse]?-/, class: arbitrary('p') },
  margin: { same: /^-?m[xytrblse]?-/, class: arbitrary('m') },
  'border-radius': { same: /^rounded(-|$)/, class: arbitrary('rounded') },
}

/**
 * The classes with one that says this in place of all that said the same; the others keep their order and the space
 * between them. What holds only at a width, in the dark or under the pointer stays.
 */
export function withClass(classes: string, [name, value]: [StyleName, string]): string {
  const { same, class: told } = kinds[name]
  const all = classes.split(/(\s+)/)
  const at = all.flatMap((one, index) => (same.test(bare(one)) ? [index] : []))
  // An element that stands in the middle by itself would stay where it is now.
  if (name === 'margin' && at.some((index) => bare(all[index] ?? '').endsWith('-auto'))) throw new Refused('auto')
  const [first, ...others] = at
  if (first === undefined) return `${classes}${/(^|\s)$/.test(classes) ? '' : ' '}${told(value)}`
  const height = name === 'font-size' ? (/\/\S+$/.exec(all[first] ?? '')?.[0] ?? '') : ''
  const put = all.with(first, told(value) + height)
  return put.filter((_, index) => !others.includes(index) && !others.includes(index + 1)).join('')
}

/** Without the mark of what is important. */
const bare = (one: string) => one.replace(/^!|!$/, '')
