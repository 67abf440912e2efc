import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The page's own colours, which know light and dark by themselves. Custom properties reach into the shadow tree. */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0 40vh', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 16px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-soft)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 16px', minWidth: '40px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklch, var(--ink) 4%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection':
    { backgroundColor: 'light-dark(oklch(0.86 0.06 166), oklch(0.42 0.07 168))' },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in oklch, var(--accent) 16%, transparent)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in oklch, var(--warn) 28%, transparent)', outline: 'none' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in oklch, var(--warn) 55%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-wash)', outline: '1px solid var(--accent)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--surface-hover)', border: 'none', color: 'var(--ink-soft)' },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontFamily: 'var(--sans)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 32px 8px 12px', fontSize: '13px' },
  '.cm-panel.cm-search label': { fontSize: '12px' },
  '.cm-textfield': {
    minHeight: '26px',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink)',
    fontSize: '13px',
  },
  '.cm-button': {
    minHeight: '26px',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    backgroundImage: 'none',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink)',
    fontSize: '12px',
  },
  '.cm-panel.cm-search [name=close]': { color: 'var(--ink)', fontSize: '18px', minWidth: '24px', minHeight: '24px' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface-raised)',
    boxShadow: 'var(--shadow-float)',
    color: 'var(--ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-changedLine': { backgroundColor: 'color-mix(in oklch, var(--good) 14%, transparent)' },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in oklch, var(--bad) 12%, transparent)' },
})

const tones = HighlightStyle.define([
  { tag: [tags.comment, tags.meta], color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.monospace], color: 'var(--good)' },
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.heading],
    color: 'light-dark(oklch(0.44 0.13 320), oklch(0.8 0.1 320))',
  },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit, tags.color], color: 'var(--warn)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.link, tags.url],
    color: 'var(--info)',
  },
  {
    tag: [tags.typeName, tags.className, tags.tagName, tags.namespace],
    color: 'light-dark(oklch(0.45 0.09 200), oklch(0.82 0.085 195))',
  },
  {
    tag: [tags.propertyName, tags.attributeName, tags.labelName],
    color: 'light-dark(oklch(0.42 0.06 260), oklch(0.83 0.045 250))',
  },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
])

export const ourLook = [look, syntaxHighlighting(tones)]
