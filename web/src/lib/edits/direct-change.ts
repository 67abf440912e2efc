import type { syntaxTree } from '@codemirror/language'
import type { StyleName } from '#lib/contract.ts'

export type SyntaxNode = ReturnType<typeof syntaxTree>['topNode']

/** What is to become of the element that was written at one place. */
export interface DirectChange {
  /** From 1. Columns may be somewhat off. */
  line: number
  column: number
  tag: string
  /** Its words before; null where it holds more than words. */
  words: string | null
  text?: string
  styles: Readonly<Partial<Record<StyleName, string>>>
}

export type Refusal = 'language' | 'place' | 'text' | 'words' | 'empty' | 'style' | 'value' | 'auto'

/** Thrown where a change cannot be made safely. */
export class Refused extends Error {
  readonly reason: Refusal
  constructor(reason: Refusal) {
    super(reason)
    this.reason = reason
  }
}

/** `insert` goes where the code from `from` to `to` stands. */
export interface Splice {
  from: number
  to: number
  insert: string
}

const lengths = /^-?(\d+|\d*\.\d+)(px|rem|em|%)?( -?(\d+|\d*\.\d+)(px|rem|em|%)?){0,3}$/
const length = /^(\d+|\d*\.\d+)(px|rem|em|%)$/
const colour = /^#([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i

const shapes: Record<StyleName, RegExp> = {
  color: colour,
  'background-color': colour,
  'font-size': length,
  'font-weight': /^[1-9]00$/,
  'text-align': /^(start|center|end|justify)$/,
  padding: lengths,
  margin: lengths,
  'border-radius': lengths,
}

/** Whether somebody may give it this value by hand. */
export const isValue = (name: StyleName, value: string): boolean => shapes[name].test(value)
