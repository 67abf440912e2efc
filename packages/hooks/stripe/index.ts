import { hook } from '../../../lib/entry/hook.ts'
import { production } from '../../../lib/production-hooks.ts'
import { takeEvent } from './take-event.ts'

export const main = hook(takeEvent, production)
