import { Problem } from '../../core/problem.ts'

/** The Hub's own words, each quoted by somebody who met them. A 404 says nothing, so that private repositories are not told from none. */
export const noSuchRepository = () => new Problem('NotFound', '')
export const notAllowedHere = () =>
  new Problem('Forbidden', 'Access Denied: Not allowed to create Repo at given location')
export const noAccess = () => new Problem('Forbidden', "Access denied, you don't have access to this repo")
export const badToken = () => new Problem('Forbidden', 'Access denied')
