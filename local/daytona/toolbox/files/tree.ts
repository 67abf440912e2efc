import { closeSync, constants, fchmodSync, fchownSync, fstatSync, openSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { Refusal } from '../../http/refusal.ts'
import type { Call, Route } from '../../http/router.ts'
import type { Settings } from '../settings.ts'
import { asOwner } from './as-owner.ts'
import { describe, listFolder } from './describe.ts'
import { locate, locateEntry, type Place } from './locate.ts'
import { at, explained, openFolder } from './open.ts'

/** Folders and what is in them: list, look, make, move, delete, permissions. */
export function treeRoutes(settings: Settings): Route[] {
  return [
    { method: 'GET', path: '/files', run: (call) => list(settings, call) },
    { method: 'GET', path: '/files/info', run: (call) => look(settings, call) },
    { method: 'POST', path: '/files/folder', run: (call) => makeFolder(settings, call) },
    { method: 'POST', path: '/files/move', run: (call) => move(settings, call) },
    { method: 'DELETE', path: '/files', run: (call) => remove(settings, call) },
    { method: 'POST', path: '/files/permissions', run: (call) => setPermissions(settings, call) },
  ]
}

function list(settings: Settings, { query }: Call) {
  const place = locate(settings, query.get('path') ?? '.', 'read')
  return { status: 200, body: listFolder(place.path, Number(query.get('depth') ?? 1)) }
}

function look(settings: Settings, call: Call) {
  const place = locate(settings, pathOf(call), 'read')
  const found = withEntry(place, (fd) => describe(basename(place.path), fstatSync(fd)))
  return { status: 200, body: found }
}

function makeFolder(settings: Settings, call: Call) {
  const place = locate(settings, pathOf(call), 'write')
  const mode = Number.parseInt(call.query.get('mode') || '755', 8)
  closeSync(openFolder(place.path, place.owner).fd)
  withEntry(place, (fd) => fchmodSync(fd, mode))
  return { status: 201 }
}

async function move(settings: Settings, { query }: Call) {
  const source = locateEntry(settings, query.get('source') ?? '')
  const destination = locateEntry(settings, query.get('destination') ?? '')
  await asOwner(source.owner.uid === 0 ? destination.owner : source.owner, ['mv', '--', source.path, destination.path])
  return { status: 200 }
}

async function remove(settings: Settings, call: Call) {
  const place = locateEntry(settings, pathOf(call))
  if (settings.areas.includes(place.path)) throw new Refusal(403, `${place.path} stays`)
  const flags = call.query.get('recursive') === 'true' ? ['-r', '-f'] : []
  await asOwner(place.owner, ['rm', ...flags, '--', place.path])
  return { status: 204 }
}

function setPermissions(settings: Settings, call: Call) {
  const place = locate(settings, pathOf(call), 'write')
  const mode = call.query.get('mode')
  const owner = call.query.get('owner')
  withEntry(place, (fd) => {
    if (mode) fchmodSync(fd, Number.parseInt(mode, 8) & 0o777)
    const account = owner === 'root' ? { uid: 0, gid: 0 } : settings.app
    if (owner && process.getuid?.() === 0) fchownSync(fd, account.uid, account.gid)
  })
  return { status: 200 }
}

function pathOf({ query }: Call): string {
  const path = query.get('path')
  if (!path) throw new Refusal(400, 'path is required')
  return path
}

/** Works on an existing file or folder through an open descriptor, so that nobody can swap it in between. */
function withEntry<Result>(place: Place, work: (fd: number) => Result): Result {
  const folder = openFolder(dirname(place.path))
  let fd: number | undefined
  try {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
    fd = openSync(at(folder, basename(place.path) || '.'), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    return work(fd)
  } catch (thrown) {
    throw explained(thrown, place.path)
  } finally {
    if (fd !== undefined) closeSync(fd)
    closeSync(folder.fd)
  }
}
