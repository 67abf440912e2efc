/** Each organization has an allowance of its own: so many that nobody pays for may one person own beside the personal one. */
export const mostUnpaid = 3
