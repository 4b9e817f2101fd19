import { Problem } from '../../core/problem.ts'
import { as, decode, string, struct } from '../../http/go-json.ts'
import { readJson } from '../../http/go-json-text.ts'
import type { Input } from '../../http/input.ts'

/** api/types/registry: AuthConfig. */
const authConfig = struct('AuthConfig', {
  username: string,
  password: string,
  auth: string,
  email: string,
  serveraddress: as('serveraddress', string),
  identitytoken: as('identitytoken', string),
  registrytoken: as('registrytoken', string),
})

const decoder = new TextDecoder()
const HUB = 'registry-1.docker.io'

/** This endpoint reads its body without the common checks, so that what is wrong with it is a server's error. */
export function credentials({ request }: Input) {
  const result = readJson(decoder.decode(request.body))
  if ('error' in result) throw new Problem('System', result.error)
  return decode(authConfig, result.value)
}

/** What a registry says of credentials when nobody answers there. */
export function unreachable(serverAddress: string): Problem {
  const host = serverAddress.replace(/^https?:\/\//, '').split('/', 1)[0]!
  if (host === '' || host === 'docker.io' || host === 'index.docker.io')
    return new Problem('System', `Get "https://${HUB}/v2/": dial tcp: lookup ${HUB}: no such host`)
  const [name = '', port] = host.split(':')
  const local = name === 'localhost' || name.startsWith('127.')
  const url = `${local ? 'http' : 'https'}://${host}/v2/`
  return local
    ? new Problem('System', `Get "${url}": dial tcp ${name}:${port ?? 80}: connect: connection refused`)
    : new Problem('System', `Get "${url}": dial tcp: lookup ${name}: no such host`)
}
