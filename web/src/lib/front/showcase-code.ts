import type { ShownApp } from './showcase.ts'

export interface WrittenFile {
  path: string
  content: string
}

/** What was written for an app; undefined where it is not built yet. */
export async function codeOf({ name }: ShownApp): Promise<WrittenFile[] | undefined> {
  const answer = await fetch(`/showcase/${name}/code.json`).catch(() => undefined)
  return answer?.ok ? ((await answer.json()) as WrittenFile[]) : undefined
}
