import { m } from '#lib/messages.ts'
import type { Level } from '#lib/preview/frame-messages.ts'

export const levelNames: Record<Level, () => string> = {
  debug: m.console_level_debug,
  log: m.console_level_log,
  info: m.console_level_info,
  warn: m.console_level_warn,
  error: m.console_level_error,
}
