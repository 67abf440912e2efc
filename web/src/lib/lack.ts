/** Refusals that another sign-in mends: the page's edge says so, and leads there. */
export const lacks = ['fresh_sign_in_required', 'second_factor_required', 'company_sign_in_required'] as const
export type Lack = (typeof lacks)[number]
