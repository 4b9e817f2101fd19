import { fromBase64 } from '../../http/base64.ts'
import { as, decode, string, struct } from '../../http/go-json.ts'

/** Whom the daemon speaks for. All empty: nobody in particular. */
export interface Credentials {
  readonly username: string
  readonly password: string
  /** A refresh token. */
  readonly identityToken: string
  /** A ready token for the registry. */
  readonly registryToken: string
}

export const anonymous: Credentials = { username: '', password: '', identityToken: '', registryToken: '' }

/** api/types/registry: AuthConfig */
export const authConfig = struct('AuthConfig', {
  username: as('username', string),
  password: as('password', string),
  auth: as('auth', string),
  email: as('email', string),
  serveraddress: as('serveraddress', string),
  identitytoken: as('identitytoken', string),
  registrytoken: as('registrytoken', string),
})

/** `X-Registry-Auth`; one that cannot be read counts as none. moby: registry.DecodeAuthConfig */
export function credentialsOf(header: string | undefined): Credentials {
  try {
    return credentialsFrom(jsonIn(header) ?? {})
  } catch {
    return anonymous
  }
}

/** The same as the body of a request: how they were sent before there was a header. */
export function credentialsIn(body: Uint8Array): Credentials {
  try {
    return credentialsFrom(JSON.parse(new TextDecoder().decode(body)))
  } catch {
    return anonymous
  }
}

/** `X-Registry-Config`: credentials by the address of their registry. moby: api/server/router/build getAuthConfigs */
export function configsOf(header: string | undefined): Readonly<Record<string, Credentials>> {
  try {
    const entries = Object.entries((jsonIn(header) ?? {}) as object)
    return Object.fromEntries(entries.map(([address, config]) => [address, credentialsFrom(config)]))
  } catch {
    return {}
  }
}

function jsonIn(header: string | undefined): unknown {
  const bytes = header === undefined ? undefined : fromBase64(header)
  return bytes && JSON.parse(new TextDecoder().decode(bytes))
}

function credentialsFrom(json: unknown): Credentials {
  const { username, password, identitytoken, registrytoken } = decode(authConfig, json)
  return { username, password, identityToken: identitytoken, registryToken: registrytoken }
}
