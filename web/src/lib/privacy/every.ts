/** Asks now and every few seconds, one after the other, until told that it is enough; answers how to stop. */
export function untilEnough(ask: () => Promise<boolean>, pauseMs = 2_500): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const round = async () => {
    const enough = await ask()
    if (!enough && !stopped) timer = setTimeout(round, pauseMs)
  }
  void round()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
