import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLetters } from '../../sandbox/letters.ts'
import { reach, reachByMail } from '../../sandbox/runner/reach.ts'

test('letters of a request that was given up are taken back, and their late replies are thrown away', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'everjust-reach-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const letters = openLetters(folder)
  letters.put('out', 'of-an-earlier-runner', {})
  letters.put('in', 'for-an-earlier-runner', {})
  reachByMail(folder)
  assert.deepEqual([letters.ids('out'), letters.ids('in')], [[], []])

  const ask = async () => {
    const giveUp = new AbortController()
    const answer = reach('http://api.localhost/', { signal: giveUp.signal })
    answer.catch(() => undefined)
    while (letters.ids('out').length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    return { giveUp, answer, id: letters.ids('out')[0] ?? '' }
  }
  const waiting = await ask()
  waiting.giveUp.abort(new Error('given up'))
  await assert.rejects(waiting.answer, /given up/)
  assert.deepEqual(letters.ids('out'), [])

  const fetched = await ask()
  letters.take('out', fetched.id)
  fetched.giveUp.abort(new Error('given up'))
  await assert.rejects(fetched.answer, /given up/)
  letters.put('in', fetched.id, { id: fetched.id, status: 200, headers: {}, body: '' })

  const last = await ask()
  assert.deepEqual(letters.ids('in'), [])
  letters.put('in', last.id, { id: last.id, status: 200, headers: {}, body: Buffer.from('heard').toString('base64') })
  assert.equal(await (await last.answer).text(), 'heard')
})
