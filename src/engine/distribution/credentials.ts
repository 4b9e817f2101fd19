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
  const bytes = header === undefined ? undefined : fromBase64(header)
  if (!bytes) return anonymous
  try {
    const read = decode(authConfig, JSON.parse(new TextDecoder().decode(bytes)))
    const { username, password, identitytoken, registrytoken } = read
    return { username, password, identityToken: identitytoken, registryToken: registrytoken }
  } catch {
    return anonymous
  }
}
