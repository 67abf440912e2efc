/** The tools that change nothing: all that a run may use that only plans. */
export const readingTools: readonly string[] = ['read', 'glob', 'grep']
