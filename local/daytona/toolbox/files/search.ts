import { closeSync, readFileSync, writeFileSync } from 'node:fs'
import { text, textList } from '../../http/fields.ts'
import { messageOf } from '../../http/refusal.ts'
import type { Call, Route } from '../../http/router.ts'
import type { Settings } from '../settings.ts'
import { asOwner } from './as-owner.ts'
import { locate } from './locate.ts'
import { openFile } from './open.ts'

/** Finding text in files, finding files by name, replacing text. */
export function searchRoutes(settings: Settings): Route[] {
  return [
    { method: 'GET', path: '/files/find', run: (call) => findText(settings, call) },
    { method: 'GET', path: '/files/search', run: (call) => findNames(settings, call) },
    { method: 'POST', path: '/files/replace', run: (call) => replace(settings, call) },
  ]
}

async function findText(settings: Settings, { query }: Call) {
  const place = locate(settings, query.get('path') ?? '.', 'read')
  const pattern = query.get('pattern') ?? ''
  const command = ['grep', '-rnIZ', '--exclude-dir=node_modules', '-e', pattern, '--', place.path] as const
  const found = await asOwner(place.owner, [...command], [0, 1])
  const matches = found.split('\n').flatMap((row) => {
    const [, file, line, content] = /^([^\0]*)\0(\d+):(.*)$/.exec(row) ?? []
    return file === undefined ? [] : [{ file, line: Number(line), content }]
  })
  return { status: 200, body: matches }
}

async function findNames(settings: Settings, { query }: Call) {
  const place = locate(settings, query.get('path') ?? '.', 'read')
  const pattern = query.get('pattern') ?? '*'
  const matching = pattern.includes('/') ? ['-path', `*${pattern}`] : ['-name', pattern]
  const found = await asOwner(place.owner, ['find', place.path, ...matching, '-print0'], [0, 1])
  return { status: 200, body: { files: found.split('\0').filter(Boolean) } }
}

async function replace(settings: Settings, call: Call) {
  const fields = await call.fields()
  const pattern = text(fields, 'pattern')
  const value = text(fields, 'newValue')
  const results = textList(fields, 'files').map((file) => {
    try {
      replaceIn(settings, file, (content) => content.replaceAll(pattern, () => value))
      return { file, success: true }
    } catch (thrown) {
      return { file, success: false, error: messageOf(thrown) }
    }
  })
  return { status: 200, body: results }
}

function replaceIn(settings: Settings, path: string, change: (content: string) => string): void {
  const reading = openFile(locate(settings, path, 'read'), 'read')
  let content: string
  try {
    content = readFileSync(reading, 'utf8')
  } finally {
    closeSync(reading)
  }
  const writing = openFile(locate(settings, path, 'write'), 'write')
  try {
    writeFileSync(writing, change(content))
  } finally {
    closeSync(writing)
  }
}
