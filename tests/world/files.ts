import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { FileEntry, Version } from '../../lib/contract/version.ts'
import type { Caller } from './caller.ts'

export const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')

export const entry = (path: string, content: string | Buffer): FileEntry => ({
  path,
  sha256: sha256(content),
  size: Buffer.byteLength(content),
  mode: '100644',
})

type Contents = Readonly<Record<string, string | Buffer<ArrayBuffer>>>

/** Announces these files and uploads what is missing, as any client does; answers their entries. */
export async function upload(caller: Caller, projectId: string, contents: Contents): Promise<FileEntry[]> {
  const files = Object.entries(contents).map(([path, content]) => entry(path, content))
  const { status, body } = await caller.post(`/projects/${projectId}/versions/batch`, { files })
  assert.equal(status, 200, JSON.stringify(body))
  for (const { sha256: digest, url, headers } of body.uploads) {
    const content = Object.values(contents).find((each) => sha256(each) === digest)
    const put = await fetch(url, { method: 'PUT', headers, body: content ?? '' })
    assert.equal(put.status, 200, await put.text())
  }
  return files
}

/** Saves a version that holds exactly these files. */
export async function save(
  caller: Caller,
  projectId: string,
  { parentId, contents }: { parentId: string | null; contents: Contents },
): Promise<Version> {
  const files = await upload(caller, projectId, contents)
  const { status, body } = await caller.post(`/projects/${projectId}/versions`, { parentId, message: 'Save', files })
  assert.equal(status, 201, JSON.stringify(body))
  return body as Version
}
