import postgres from 'postgres'

/** The project of a run and the e-mail address of who asked for it; undefined when there is no such run. */
export async function readerOf(
  ownerUrl: string,
  generationId: string,
): Promise<{ projectId: string; email: string } | undefined> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql<{ projectId: string; email: string }[]>`
      select g.project_id as "projectId", u.email from everjust.generations g
      join everjust.users u on u.id = g.requested_by
      where g.id = ${generationId}`
    return row
  } finally {
    await sql.end()
  }
}
