import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer } from '../../../local/model/answer.ts'
import type { MessagesRequest } from '../../../local/model/request.ts'

type Message = MessagesRequest['messages'][number]
const user = (...texts: string[]): Message => ({ role: 'user', content: texts.map((text) => ({ type: 'text', text })) })
const assistant = (text: string): Message => ({ role: 'assistant', content: text })
const reading = ['read', 'glob', 'grep', 'ask_person']
const building = [...reading, 'write', 'edit', 'bash']

const ask = (messages: Message[], tools = building) =>
  answer({
    model: 'scripted-1',
    max_tokens: 9_000,
    system: 'Project root: /home/app/project\nTemplate: react',
    tools: tools.map((name) => ({ name })),
    messages,
  })
const wordsOf = async (messages: Message[], tools = building) => JSON.stringify(await ask(messages, tools))

test('where nothing may be changed, a plan is made after a look', async () => {
  const [, look] = await ask([user('A habit tracker')], reading)
  assert.deepEqual(look, { type: 'tool_use', name: 'glob', input: { pattern: '**/*' } })
  const looked: Message[] = [
    user('A habit tracker'),
    { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'glob', input: { pattern: '**/*' } }] },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 't', content: '<data 1 from="tool">\nsrc/App.tsx\n</data 1>' }],
    },
  ]
  const plan = await wordsOf(looked, reading)
  assert.match(plan, /## Plan: Habit/)
  assert.match(plan, /`src\/App\.tsx` \(changed\)/)
})

test('“build it” builds what was planned', async () => {
  const planned = [user('A habit tracker'), assistant('## Plan'), user('Build it')]
  assert.equal(await wordsOf(planned), await wordsOf([user('A habit tracker')]))
})

test('a person who wants to be asked is asked once, and the answer joins the wish', async () => {
  const wish = 'A habit tracker, but ask me which colour first'
  const asked = await ask([user(wish)])
  assert.deepEqual(asked[1], {
    type: 'tool_use',
    name: 'ask_person',
    input: { question: 'Which colour should it have?', choices: ['Teal', 'Purple', 'Orange'] },
  })
  const answered = await wordsOf([user(wish), assistant('Which colour?'), user('Purple')])
  assert.doesNotMatch(answered, /ask_person/)
  assert.equal(answered, await wordsOf([user('A habit tracker, Purple')]))
})

test('what a person points at is no part of the wish', async () => {
  const pointed = user('<data 1 from="an error">\nkanban\n</data 1>', 'A habit tracker')
  assert.equal(await wordsOf([pointed]), await wordsOf([user('A habit tracker')]))
})

test('a summary keeps every wish, and what was remembered before', async () => {
  const told = [
    user('What was said and decided until now, summed up:\n\nNamed Tend.'),
    user('A habit tracker'),
    assistant('Done.'),
    user('darker'),
    user('Sum up this conversation now, for yourself.'),
  ]
  const summary = await wordsOf(told)
  assert.match(summary, /Named Tend\.\\n- The person asked: A habit tracker\\n# The request at hand\\n- darker/)
})
