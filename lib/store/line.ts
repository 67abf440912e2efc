import postgres from 'postgres'

/** The connections to the database, which are found broken and replaced together. */
export interface Line {
  sql: postgres.Sql
  /** One who asks for something on it. */
  turn(): Turn
}

export interface Turn {
  begin(): void
  begun(): boolean
  end(): void
  /** The moment from which the line is taken for dead, by the clock of `performance.now()`. */
  lateAt(): number
}

export interface Patience {
  beginMs: number
  workMs: number
}

/** Whoever waits only because others are being served does not find it silent: where many ask at once that is no fault. */
export function openLine(url: string, connections: number, { beginMs, workMs }: Patience): Line {
  const sql = connect(url, connections)
  let served = 0
  let heardAt = 0

  const silentSince = () => (served >= connections ? performance.now() : heardAt)

  function turn(): Turn {
    const askedAt = performance.now()
    let begunAt: number | undefined
    return {
      begun: () => begunAt !== undefined,
      begin: () => {
        served += 1
        begunAt = heardAt = performance.now()
      },
      end: () => {
        if (begunAt !== undefined) served -= 1
        heardAt = performance.now()
      },
      lateAt: () =>
        begunAt === undefined
          ? Math.min(Math.max(askedAt, silentSince()) + beginMs, askedAt + workMs)
          : begunAt + workMs,
    }
  }

  return { sql, turn }
}

function connect(url: string, connections: number): postgres.Sql {
  return postgres(url, {
    max: connections,
    idle_timeout: 8,
    connect_timeout: 3,
    fetch_types: false,
    onnotice: () => {},
  })
}
