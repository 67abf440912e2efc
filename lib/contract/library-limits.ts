/** Apart from the shapes, so that who only counts need not parse any. */
export const folderLimit = 100

/** How long a deleted project can be brought back. */
export const keptHours = 24

/** The most public projects on a page. */
export const publicLimit = 24
