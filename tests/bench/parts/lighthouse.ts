import lighthouse, { desktopConfig } from 'lighthouse'
import { median } from './statistics.ts'

const rounds = 3
export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type Scores = Record<(typeof categories)[number], number>

interface Look {
  url: string
  /** Where the browser takes orders. */
  port: number
  form: 'desktop' | 'mobile'
}

/** Lighthouse's scores of a page out of a hundred: of each, the median of three. */
export async function scoresOf({ url, port, form }: Look): Promise<Scores> {
  const taken: Scores[] = []
  for (let round = 0; round < rounds; round++) taken.push(await once({ url, port, form }))
  return Object.fromEntries(categories.map((name) => [name, median(taken.map((scores) => scores[name]))])) as Scores
}

async function once({ url, port, form }: Look): Promise<Scores> {
  // What the browser keeps is left alone: a sign-in is part of it.
  const flags = { port, logLevel: 'error' as const, onlyCategories: [...categories], disableStorageReset: true }
  const result = await lighthouse(url, flags, form === 'desktop' ? desktopConfig : undefined)
  if (!result) throw new Error(`Lighthouse has nothing to say of ${url}`)
  const { categories: found, audits } = result.lhr
  if (process.env['EVERJUST_LIGHTHOUSE'])
    for (const { id, score, displayValue } of Object.values(audits))
      if (score !== null && score < 0.9) console.log(`  ${form} ${id} ${score} ${displayValue ?? ''}`)
  return Object.fromEntries(categories.map((name) => [name, Math.round((found[name]?.score ?? 0) * 100)])) as Scores
}
