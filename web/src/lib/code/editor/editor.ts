import { openSearchPanel } from '@codemirror/search'
import { Compartment, EditorSelection, EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Spot } from '#lib/code/desk.svelte.ts'
import { languageOf } from './editor-language.ts'
import { named } from './editor-name.ts'
import { phrases } from './editor-phrases.ts'
import { setup } from './editor-setup.ts'

export interface Page {
  path: string
  text: string
  label: string
  readOnly: boolean
}

/**
 * The editor, in a shadow tree: its styles are adopted there as style sheets, which the policy lets in, unlike `<style>`.
 * Each path keeps its own state, so that undo and the cursor are still there when its tab comes back.
 */
export class Editor {
  readonly #view: EditorView
  readonly #states = new Map<string, EditorState>()
  readonly #wrapping = new Compartment()
  readonly #guarded = new Compartment()
  readonly #language = new Compartment()
  readonly #oninput: (path: string, text: string) => void
  #page: Page | null = null
  #wraps = false
  #waiting: ReturnType<typeof setTimeout> | undefined
  /** Since when something was typed that has not been said. */
  #unsaidSince: number | null = null
  /** What the page knows of the text that shows. */
  #said: string | null = null

  constructor(host: HTMLElement, oninput: (path: string, text: string) => void) {
    this.#oninput = oninput
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    this.#view = new EditorView({ parent: root, root })
  }

  show(page: Page): void {
    this.flush()
    const before = this.#page
    if (before && before.path !== page.path) {
      this.#states.set(before.path, this.#view.state)
      this.#said = null
    }
    const kept = before?.path === page.path ? this.#view.state : this.#states.get(page.path)
    this.#page = page
    const state = kept ?? this.#stateOf(page)
    if (this.#view.state !== state) this.#view.setState(state)
    this.wrap(this.#wraps)
    if (state.readOnly !== page.readOnly) this.#view.dispatch({ effects: this.#guarded.reconfigure(guard(page)) })
    this.#take(page.text)
    if (!kept) void this.#speak(page.path)
  }

  /** Says now what was typed a moment ago. */
  flush(): void {
    if (this.#unsaidSince === null) return
    this.#rest()
    this.#said = this.#view.state.doc.toString()
    if (this.#page) this.#oninput(this.#page.path, this.#said)
  }

  wrap(wraps: boolean): void {
    this.#wraps = wraps
    const wanted = wraps ? EditorView.lineWrapping : unwrapped
    if (this.#wrapping.get(this.#view.state) === wanted) return
    this.#view.dispatch({ effects: this.#wrapping.reconfigure(wanted) })
  }

  goTo({ line, column, length }: NonNullable<Spot['range']>): void {
    const { doc } = this.#view.state
    const from = doc.line(Math.min(Math.max(1, line), doc.lines))
    const anchor = Math.min(from.from + column - 1, from.to)
    const head = Math.min(anchor + length, from.to)
    this.#view.dispatch({
      selection: EditorSelection.single(anchor, head),
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    })
    this.#view.focus()
  }

  search(): void {
    openSearchPanel(this.#view)
  }

  focus(): void {
    this.#view.focus()
  }

  forget(path: string): void {
    this.#states.delete(path)
  }

  close(): void {
    this.flush()
    this.#view.destroy()
  }

  /** What was changed elsewhere, as one step that can be undone. */
  #take(text: string): void {
    if (text === this.#said) return
    this.#said = text
    const now = this.#view.state.doc.toString()
    if (now !== text) this.#view.dispatch({ changes: { from: 0, to: now.length, insert: text } })
    this.#rest()
  }

  #rest(): void {
    clearTimeout(this.#waiting)
    this.#unsaidSince = null
  }

  async #speak(path: string): Promise<void> {
    const language = await languageOf(path)
    if (this.#page?.path === path) this.#view.dispatch({ effects: this.#language.reconfigure(language) })
  }

  #stateOf(page: Page): EditorState {
    return EditorState.create({
      doc: page.text,
      extensions: [
        setup,
        this.#language.of([]),
        this.#wrapping.of(unwrapped),
        this.#guarded.of(guard(page)),
        EditorState.phrases.of(phrases()),
        EditorView.updateListener.of(({ docChanged }) => docChanged && this.#soon()),
        EditorView.domEventHandlers({ blur: () => this.flush() }),
      ],
    })
  }

  // The whole text is taken when the hands rest: a long one is not put together at every key.
  #soon(): void {
    const now = performance.now()
    this.#unsaidSince ??= now
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.flush(), Math.min(rest, this.#unsaidSince + longest - now))
  }
}

/** Milliseconds without a key until the text is said, and the longest that it waits for hands that do not rest. */
const rest = 300
const longest = 2_000

const unwrapped: Extension = []

/** Whether it can be typed into, and the name that says so. */
const guard = ({ readOnly, label }: Page): Extension => [EditorState.readOnly.of(readOnly), named(label)]
