import type { FileStep } from '../contract/recording.ts'
import type { FileEntry } from '../contract/version.ts'
import { changesBetween, formatManifest } from './manifest.ts'

/** The same text for the same value, whatever order its keys came in: what a digest of it is taken of. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner)) ?? 'null'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** The text that stands for a tree of files; its digest is the tree's. */
export const treeText = (files: readonly FileEntry[]): string => formatManifest(files)

/** What leads from one tree to another. */
export function stepsBetween(before: readonly FileEntry[], after: readonly FileEntry[]): FileStep[] {
  return changesBetween(before, after).map((change) => ({
    path: change.path,
    file: change.change === 'removed' ? null : change.after,
  }))
}

/** The tree that such a list leads to. */
export function treeAfter(before: readonly FileEntry[], steps: readonly FileStep[]): FileEntry[] {
  const files = new Map(before.map((file) => [file.path, file]))
  for (const { path, file } of steps) {
    if (file) files.set(path, file)
    else files.delete(path)
  }
  return [...files.values()]
}
