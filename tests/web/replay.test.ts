import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Recording } from '../../web/src/lib/contract.ts'
import { framesOf } from '../../web/src/lib/replay/frames.ts'
import { spoken } from '../../web/src/lib/replay/read-part.ts'
import { id } from './happenings.ts'

const [asked, closing] = ['call_0123456789abcdefgh01', 'call_0123456789abcdefgh02'] as const
const call = (callId: typeof asked | typeof closing) => ({ id: callId, request: 'r' })
const tool = { readOnly: true, input: 'in', output: 'out', ok: true, changed: 0 }
const recording: Recording = {
  format: 1,
  generationId: id,
  projectId: 'prj_0123456789abcdefghjk',
  baseVersionId: null,
  template: { name: 'react', tree: 't' },
  tools: 't',
  start: 's',
  steps: [
    {
      n: 1,
      attempt: 1,
      calls: [call(asked)],
      drift: [],
      locked: [],
      changes: [],
      tree: 't',
      tools: [
        { ...tool, name: 'read' },
        { ...tool, name: 'bash', ok: false },
      ],
    },
  ],
  closing: [call(closing)],
}
const source = {
  object: (sha256: string) => (sha256 === 'in' ? ['https://store.example/in'] : []),
  request: async () => ['https://store.example/request'],
  reply: async () => ['https://store.example/0'],
}

test('a recording is stepped through in the order in which it happened, tools named with what they were used on', () => {
  const used = [
    { tool: 'read', target: 'src/App.tsx' },
    { tool: 'bash', target: 'npm run check' },
  ]
  assert.deepEqual(
    framesOf(recording, source, used).map(({ step, title, failed }) => [step, title, failed]),
    [
      [1, 'The model is asked', false],
      [1, 'read src/App.tsx', false],
      [1, 'bash npm run check', true],
      [2, 'The model is asked', false],
    ],
  )
})

test('what is no longer stored has no address', () => {
  const parts = framesOf(recording, source, [])[1]?.parts ?? []
  assert.deepEqual(
    parts.map(({ name, urls }) => [name, urls()]),
    [
      ['Given', ['https://store.example/in']],
      ['Answered', []],
    ],
  )
})

test('a reply reads as its words and the tools it called', () => {
  const stream = [
    'event: content_block_start',
    'data: {"type":"content_block_start","content_block":{"type":"text","text":""}}',
    'data: {"delta":{"text":"I look first."}}',
    'data: {"content_block":{"type":"tool_use","name":"read"}}',
    'data: {"delta":{"partial_json":"{\\"path\\":\\"a.ts\\"}"}}',
    'data: broken',
  ].join('\n')
  assert.equal(spoken(stream), 'I look first.\n\nread {"path":"a.ts"}')
  assert.equal(spoken('{"error":"overloaded"}'), '{\n  "error": "overloaded"\n}')
})
