/** What can be changed by hand of how an element of the running app looks, by the names of CSS. */
export const styleNames = [
  'color',
  'background-color',
  'font-size',
  'font-weight',
  'text-align',
  'padding',
  'margin',
  'border-radius',
] as const
export type StyleName = (typeof styleNames)[number]
