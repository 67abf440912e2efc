/** Under which every address of the API lies. */
export const api = '/api/v1'
