/** An amount as a person reads it: three decimals below ten cents, else two. */
export const dollars = (micros: number): string => `$${(micros / 1_000_000).toFixed(micros < 100_000 ? 3 : 2)}`
