import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

export interface Sentence {
  /** The folder of the app, `habit-tracker`. */
  name: string
  /** What it is built from. */
  sentence: string
}

const Messages = z.record(z.string(), z.string())

/** The sentences beside the apps of the front page: its messages `front_app_<name>_sentence`. */
export async function readSentences(language: 'en' | 'de' = 'en'): Promise<Sentence[]> {
  const file = join(import.meta.dirname, `../../web/messages/${language}/front.json`)
  const messages = Messages.parse(JSON.parse(await readFile(file, 'utf8')))
  return Object.entries(messages).flatMap(([key, sentence]) => {
    const name = /^front_app_(\w+)_sentence$/.exec(key)?.[1]
    return name === undefined ? [] : [{ name: name.replaceAll('_', '-'), sentence }]
  })
}
