/** The last name of a path, without trailing slashes. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (trimmed === '') return path.startsWith('/') ? '/' : ''
  return trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** All but the last name; `.` where there is no slash. */
export function dirName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (trimmed === '') return path.startsWith('/') ? '/' : '.'
  const cut = trimmed.lastIndexOf('/')
  if (cut < 0) return '.'
  return trimmed.slice(0, cut).replace(/\/+$/, '') || '/'
}

/** `a` + `b` as `a/b`. */
export const joined = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`
