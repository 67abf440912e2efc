/** Stands in for socket.io-client in the bundles: Daytona's SDK would listen with it, and is told to ask instead. */
export function io(): never {
  throw new Error('Functions do not listen to Daytona; they ask.')
}
