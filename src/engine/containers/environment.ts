import type { Container } from './container.ts'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What every process of a container is given: PATH, HOSTNAME, TERM on a terminal, what links tell, then its own. moby: CreateDaemonEnvironment */
export function baseEnvironment(
  { config, id }: Container,
  tty: boolean,
  linked: readonly string[] = [],
): readonly string[] {
  const hostname = config.hostname || id.slice(0, 12)
  const domain = config.domainname === '' ? '' : `.${config.domainname}`
  const given = [PATH, `HOSTNAME=${hostname}${domain}`, ...(tty ? ['TERM=xterm'] : []), ...linked]
  return mergeEnvironment(given, config.env ?? [])
}

const nameOf = (variable: string) => variable.split('=', 1)[0]!

/** A later one of a name replaces the earlier one in its place; one without `=` takes it away. moby: ReplaceOrAppendEnvValues */
export function mergeEnvironment(before: readonly string[], over: readonly string[]): readonly string[] {
  const out = new Map(before.map((variable) => [nameOf(variable), variable]))
  for (const variable of over) {
    if (variable.includes('=')) out.set(nameOf(variable), variable)
    else out.delete(variable)
  }
  return [...out.values()]
}

/** As a process gets it. */
export function environmentRecord(variables: readonly string[], home: string): Readonly<Record<string, string>> {
  const record: Record<string, string> = {}
  for (const variable of variables) record[nameOf(variable)] = variable.slice(nameOf(variable).length + 1)
  record.HOME ??= home
  return record
}
