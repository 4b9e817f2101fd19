import { Problem } from '../../core/problem.ts'

const refused = (message: string) => new Problem('InvalidParameter', message)

/** What the Index said of a registration that it did not like. Those of the same words docker itself compares. */
export const usernameTaken = () => refused('Username or email already exists')
export const emailTaken = () => refused('email is already associated with an account')
export const wrongUsername = () => refused('Wrong username format (it has to match "^[a-z0-9_]{4,30}$")')
export const forbiddenUsername = () => refused('Username is not allowed')
export const shortPassword = () => refused('Password too short (it has to have 5 characters or more)')
export const wrongEmail = () => refused('Wrong email format')
export const missing = (field: string) => refused(`Missing ${field}`)
export const wrongField = (field: string) => refused(`Wrong ${field}: it has to be a string`)

export const badCredentials = () => new Problem('Unauthorized', '')
export const notActive = () => new Problem('Forbidden', 'Account is not Active')
export const notYours = () => new Problem('Forbidden', 'Access Denied: this is not your account')
export const noSuchUser = () => new Problem('NotFound', 'User not found')
export const noSuchLink = () => new Problem('NotFound', 'This link is not valid (any more).')
