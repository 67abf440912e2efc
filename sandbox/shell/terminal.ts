import { shellClose, shellLimits, TerminalWish, type TerminalQuery } from '../../lib/contract/shell.ts'
import type { Pty } from './pty.ts'
import type { Channel } from './room.ts'
import { openTape } from './tape.ts'

/**
 * A terminal and the page that shows it, if any does. It is read only as fast as its page takes it in, and outlives the
 * page for some minutes, so that a reload finds it as it was.
 */
export class Terminal {
  readonly #pty: Pty
  readonly #tape = openTape()
  #channel: Channel | undefined
  /** How much its pages have taken in. */
  #taken = 0
  #held = false
  #grace: ReturnType<typeof setTimeout> | undefined

  constructor(pty: Pty, ended: () => void) {
    this.#pty = pty
    pty.onData((bytes) => {
      this.#tape.add(bytes)
      this.#channel?.send(bytes)
      this.#pace()
    })
    pty.onExit((code) => {
      clearTimeout(this.#grace)
      ended()
      this.#channel?.say({ ended: { code } })
      this.#channel?.close(shellClose.ended, 'the shell ended')
    })
  }

  show(channel: Channel, asked: TerminalQuery & { fresh: boolean }): void {
    clearTimeout(this.#grace)
    this.#channel?.close(shellClose.taken, 'shown elsewhere')
    this.#channel = channel
    const { start, end, since } = this.#tape
    this.#taken = asked.from > end() ? start() : Math.max(asked.from, start())
    channel.say({ at: this.#taken, fresh: asked.fresh })
    for (const bytes of since(this.#taken)) channel.send(bytes)
    this.#pace()
    this.#pty.resize(asked)
    channel.onBytes = (bytes) => this.#pty.write(bytes)
    channel.onText = (word) => this.#obey(word)
    channel.onClose = () => this.#leave(channel)
  }

  end(): void {
    this.#pty.end()
  }

  #obey(word: unknown): void {
    const wish = TerminalWish.safeParse(word)
    if (!wish.success) return
    if ('size' in wish.data) return this.#pty.resize(wish.data.size)
    if ('end' in wish.data) return this.end()
    this.#taken = Math.min(Math.max(this.#taken, wish.data.taken), this.#tape.end())
    this.#pace()
  }

  #leave(channel: Channel): void {
    if (this.#channel !== channel) return
    this.#channel = undefined
    this.#grace = setTimeout(() => this.end(), shellLimits.graceMs)
  }

  /** Holds the shell's output back while too much of it is on its way, until most has arrived. */
  #pace(): void {
    const unread = this.#tape.end() - this.#taken
    const hold = unread > (this.#held ? shellLimits.unreadBytes / 4 : shellLimits.unreadBytes)
    if (hold === this.#held) return
    this.#held = hold
    if (hold) this.#pty.pause()
    else this.#pty.resume()
  }
}
