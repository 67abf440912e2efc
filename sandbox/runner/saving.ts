/** Saves one moment after the other, behind whoever adds them; of several that wait only the last is saved. */
export function openSaving<Moment>(save: (moment: Moment) => Promise<void>) {
  let [waiting, unsaved]: [Moment | undefined, number] = [undefined, 0]
  let state: 'idle' | 'saving' | 'failed' = 'idle'
  let saving: Promise<void> = Promise.resolve()

  return {
    waiting: () => waiting,

    add: (moment: Moment): void => {
      waiting = moment
      unsaved++
      if (state !== 'idle') return
      state = 'saving'
      saving = saveAll()
      saving.catch(() => (state = 'failed'))
    },

    /** Resolves when fewer than `most` moments, or none, are unsaved; after a failure it always rejects. */
    catchUp: async (most: number): Promise<void> => {
      if (unsaved >= most || state === 'failed') await saving
    },
  }

  async function saveAll(): Promise<void> {
    for (let moment = waiting; moment !== undefined; moment = waiting) {
      const moments = unsaved
      waiting = undefined
      await save(moment)
      unsaved -= moments
    }
    state = 'idle'
  }
}
