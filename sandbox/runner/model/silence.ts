import { BrokenReply } from './fault.ts'

/** Ends what has been silent for too long: `heard` starts the time anew, `over` stops it. */
export function openSilence(mostMs: number) {
  const controller = new AbortController()
  const end = () => controller.abort(new BrokenReply('The model has been silent for too long.'))
  const timer = setTimeout(end, mostMs)
  return {
    signal: controller.signal,
    heard: () => void timer.refresh(),
    over: () => clearTimeout(timer),
  }
}
export type Silence = ReturnType<typeof openSilence>
