import { Problem } from '#lib/api.ts'
import { saveVersion } from '#lib/code/draft/save-version.ts'
import type { FileEntry, Version, VersionId } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'
import type { DirectChange, Refusal } from './direct-change.ts'
import { editSource } from './direct-edit.ts'
import type { Means, Waiting } from './direct-edits.svelte.ts'
import { messageOf, refusalWords } from './direct-phrases.ts'

/** All changes as the next version. */
export async function save({ api, bench }: Means, changes: readonly Waiting[]): Promise<Version | Problem> {
  const parent = bench.versions.items[0]
  if (!parent) return refusal('place')
  const files = await bench.versions.files(parent.id)
  if (files instanceof Problem) return files
  const byPath = Object.entries(Object.groupBy(changes, ({ path }) => path))
  const written = []
  for (const [path, ofFile = []] of byPath) {
    const code = await edited(bench, files, ofFile)
    if (code instanceof Problem) return code
    written.push({ ...code, path })
  }
  const stored = files.filter(({ path }) => !byPath.some(([one]) => one === path))
  return saveVersion(api, { project: bench.id, parentId: parent.id, message: messageOf(changes), stored, written })
}

/** Why the code cannot follow this change; null when it can. */
export async function objectionTo(bench: Workbench, change: Waiting): Promise<Refusal | null> {
  const files = await bench.versions.files(change.version)
  const entry = files instanceof Problem ? undefined : files.find(({ path }) => path === change.path)
  return entry ? (await edit(bench, { version: change.version, entry }, [change])).refused : 'place'
}

/** The changed file; a problem where it is no longer the one that its changes were made in. */
async function edited(bench: Workbench, files: readonly FileEntry[], changes: readonly Waiting[]) {
  const [first] = changes
  const entry = files.find(({ path }) => path === first?.path)
  const before = first && (await bench.versions.files(first.version))
  if (!entry || !before || before instanceof Problem) return refusal('place')
  const same = before.find(({ path }) => path === entry.path)?.sha256 === entry.sha256
  if (!same || changes.some(({ version }) => version !== first.version)) return refusal('place')
  const code = await edit(bench, { version: first.version, entry }, changes)
  if (code.refused !== null) return refusal(code.refused)
  return { bytes: new TextEncoder().encode(code.code), mode: entry.mode }
}

interface Place {
  version: VersionId
  entry: FileEntry
}

async function edit(bench: Workbench, { version, entry }: Place, changes: readonly DirectChange[]) {
  const code = await bench.code.contents.text(version, entry)
  if (code === null) return { code: null, refused: 'place' as const }
  return editSource({ path: entry.path, code, tailwind: await hasTailwind(bench, version) }, changes)
}

async function hasTailwind({ versions, code }: Workbench, version: VersionId): Promise<boolean> {
  const files = await versions.files(version)
  const entry = files instanceof Problem ? undefined : files.find(({ path }) => path === 'package.json')
  return Boolean(entry && (await code.contents.text(version, entry))?.includes('"tailwindcss"'))
}

const refusal = (reason: Refusal) => new Problem('invalid_request', refusalWords[reason](), m.preview_edit_instead())
