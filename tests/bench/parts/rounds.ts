/**
 * Measures each candidate once in every round (A B A B …), so that a busy moment of the machine falls on all of them;
 * answers the values of each candidate, one for each round.
 */
export async function interleaved<Name extends string, Value>(
  rounds: number,
  candidates: Readonly<Record<Name, () => Promise<Value>>>,
): Promise<Record<Name, Value[]>> {
  const names = Object.keys(candidates) as Name[]
  const found = Object.fromEntries(names.map((name) => [name, [] as Value[]])) as Record<Name, Value[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of names) found[name].push(await candidates[name]())
  }
  return found
}
