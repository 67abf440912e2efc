import { describe } from 'node:test'
import { fakeProvider } from './fake-provider.ts'
import { sandboxProviderContract } from './sandbox-provider.ts'

describe('the fake provider', () => {
  const fake = fakeProvider()
  sandboxProviderContract(() => fake, 'everjust')
})
