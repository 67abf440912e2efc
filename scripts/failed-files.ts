import type { TestEvent } from 'node:test/reporters'

/** A reporter for Node's test runner: the files of which something failed, a line each. */
async function* failedFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const told = new Set<string>()
  for await (const { type, data } of events) {
    if (type !== 'test:fail' || data.nesting > 0) continue
    const file = data.file ?? data.name
    if (!told.has(file)) yield `${file}\n`
    told.add(file)
  }
}

// https://nodejs.org/api/test.html#custom-reporters
export { failedFiles as default }
