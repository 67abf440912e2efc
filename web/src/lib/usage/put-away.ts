const storageKey = 'everjust:usage-bar'

/** The bar that somebody put away last: about what, in which month, and how far it was used. */
export const wasPutAway = (bar: string) => localStorage.getItem(storageKey) === bar

export const keepPutAway = (bar: string) => localStorage.setItem(storageKey, bar)
