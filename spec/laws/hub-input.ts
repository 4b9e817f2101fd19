/** Texts that break what is not careful: names, words, bodies and headers. */
const ID = 'a'.repeat(64)

export const NAMES = [
  'library/x',
  'x',
  '..',
  'a/../b',
  '%00',
  'alice/%00',
  'Alice/App',
  '__proto__',
  'constructor',
  'alice/__proto__',
  `alice/${'x'.repeat(5000)}`,
  '%2F',
  'a/b/c/d',
  'toString/valueOf',
  'alice/%C3%A9',
  '%ff',
  '%zz',
]
export const WORDS = [
  'xyz',
  '..',
  '%00',
  'A'.repeat(64),
  'a'.repeat(16),
  '',
  '%2e%2e',
  '%ff',
  '%zz',
  '__proto__',
  'sha256:x',
]
export const METHODS = ['GET', 'GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'FOO']
export const basic = (text: string) => `Basic ${btoa(text)}`
export const AUTH = [
  undefined,
  '',
  'Basic',
  'Basic !!!',
  basic('alice'),
  basic(':'),
  basic('alice:wrong'),
  basic('bobby:secret'),
  basic('__proto__:x'),
  'Bearer',
  'Bearer a.b.c',
  `Bearer ${'x'.repeat(10_000)}`,
  'Token',
  'Token signature=x',
  'Token signature=__proto__,repository="x",access=read',
  'JWT x',
  'Digest x',
]
export const QUERIES = [
  '?page=-1',
  '?page=0&page_size=1000000',
  '?page=abc',
  '?page_size=1e9',
  '?ordering=constructor',
  '?n=-1&page=-1&q=%00',
  '?q=%ff&n=x',
  '?scope=:::&service=%00',
  '?scope=repository:a:pull&service=__proto__&offline_token=true',
  '?mount=x&from=..',
  '?digest=x',
  '?search=%00&type=toString&role=owner&invites=1',
  '?is_official=x&query=%00',
  '?from=x&to=y&action=__proto__',
  '?filter=userName%20eq',
]
export const BODIES = [
  '',
  '{',
  'null',
  '[]',
  '{}',
  '""',
  '"x"',
  '-1',
  '1e999',
  '[null]',
  '[{}]',
  `{"id":"${ID}"}`,
  `{"id":"${ID}","parent":5}`,
  `{"id":"${ID}","parent":"${ID}"}`,
  `"${ID}"`,
  `[{"id":"${ID}","Tag":5}]`,
  `[{"id":"${ID}","Tag":"${'x'.repeat(500)}","checksum":{}}]`,
  '{"__proto__":{"x":1}}',
  '{"username":{"a":1}}',
  '{"username":"alice","password":"x","email":"x"}',
  '{"name":["x"],"namespace":{}}',
  '{"name":"devs"}',
  '{"name":"app"}',
  '{"access":"private"}',
  '\u0000',
  '{"a":'.repeat(2000),
  '['.repeat(20_000),
  '{"token_label":"x","scopes":[5]}',
  '{"expires_at":"nonsense","token_label":"x","scopes":["repo:read"]}',
  '{"label":"x","resources":[{"type":"TYPE_REPO","path":"acme/*","scopes":["__proto__"]}]}',
  '{"label":"x","resources":[null]}',
  '{"org":"acme","invitees":["x@y.z", 5]}',
  '{"org":"acme","invitees":["__proto__"],"role":"king"}',
  '{"regex":"(((("}',
  '{"immutable_tags":true,"immutable_tags_rules":["("]}',
  '[{"slug":"toString"}]',
  '{"group_id":1e30,"permission":"admin"}',
  '{"group_id":1,"permission":"toString"}',
  '{"login_2fa_token":"x","code":5}',
  'grant_type=password&username=alice&password=secret&scope=repository:x:pull',
  'grant_type=refresh_token&refresh_token=a.b.c',
  'grant_type=__proto__',
  '%',
]
export const HEADERS: [string, string][] = [
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-type', ''],
  ['content-type', 'application/vnd.oci.image.manifest.v1+json'],
  ['content-type', 'application/vnd.docker.distribution.manifest.list.v2+json'],
  ['range', 'bytes=9-1'],
  ['range', 'bytes=0-99999999999999999999999'],
  ['content-range', 'x'],
  ['content-range', '99999999999999999999-99999999999999999999'],
  ['x-docker-token', 'true'],
  ['x-docker-checksum-payload', 'x'],
  ['x-docker-checksum', 'tarsum+sha256:x'],
  ['cookie', 'session=a.b.c'],
  ['cookie', ';;;='],
  ['if-none-match', ',,,'],
  ['if-modified-since', 'x'],
  ['host', ''],
]
export const HOSTS: { origin: string; registry?: string }[] = [
  { origin: 'https://index.docker.io' },
  { origin: 'https://registry-1.docker.io' },
  { origin: 'https://auth.docker.io' },
  { origin: 'https://hub.docker.com' },
  { origin: 'https://hub.docker.com' },
  { origin: 'http://127.0.0.1:5000' },
  { origin: 'http://127.0.0.1:5001' },
  { origin: 'http://127.0.0.1:5002', registry: 'registry-1.docker.io' },
  { origin: 'http://constructor' },
]

const v1 = (name: string, word: string) => [
  ...['/', '', '/images', '/tags', `/tags/${word}`, `/tags/${word}/json`, '/json', '/properties', '/auth'].map(
    (tail) => `/v1/repositories/${name}${tail}`,
  ),
  `/v1/repositories/${name}/layer/${word}/access`,
  ...['json', 'layer', 'checksum', 'ancestry', 'files', 'diff'].map((what) => `/v1/images/${word}/${what}`),
  '/v1/users/',
  `/v1/users/${name}/`,
  '/v1/search',
  '/v1/_ping',
  '/',
]

const api = (name: string, word: string) =>
  [
    ...['users/login', 'users/2fa-login', 'auth/token', 'access-tokens', `access-tokens/${word}`, `users/${word}`],
    ...[
      '',
      '/tags',
      `/tags/${word}`,
      '/privacy',
      '/stars',
      '/immutabletags',
      '/immutabletags/verify',
      '/categories',
    ].map((tail) => `repositories/${name}${tail}`),
    ...['/groups', `/groups/${word}`].map((tail) => `repositories/${name}${tail}`),
    `namespaces/${name.replace('/', '/repositories/')}`,
    `namespaces/${word}/repositories`,
    ...['search/repositories', 'user', 'user/orgs', 'orgs', `orgs/${word}`, `orgs/${word}/members`, 'categories'],
    ...['members', `members/${word}`, 'members/export', 'groups', `groups/${word}`, 'groups/owners/members'].map(
      (tail) => `orgs/acme/${tail}`,
    ),
    ...[`groups/devs/members/${word}`, 'settings', 'invites', 'access-tokens', `access-tokens/${word}`].map(
      (tail) => `orgs/acme/${tail}`,
    ),
    ...['invites/bulk', `invites/${word}`, `invites/${word}/resend`, 'auditlogs/acme', `auditlogs/${word}/actions`],
    ...['Users', `Users/${word}`, 'Schemas', `ResourceTypes/${word}`].map((tail) => `scim/2.0/${tail}`),
  ].map((path) => `/v2/${path}`)

const registry = (name: string, word: string) => [
  '/v2/',
  '/v2/_catalog',
  ...['tags/list', `manifests/${word}`, `blobs/${word}`, `blobs/sha256:${ID}`, 'blobs/uploads/'].map(
    (tail) => `/v2/${name}/${tail}`,
  ),
  ...[`blobs/uploads/${word}`, `referrers/${word}`, `referrers/sha256:${ID}`].map((tail) => `/v2/${name}/${tail}`),
]

/** Paths of what the host is asked for. */
export function pathsOf(origin: string, name: string, word: string): readonly string[] {
  if (origin.includes('index')) return v1(name, word)
  if (origin.includes('registry-1')) return [...v1(name, word), ...registry(name, word)]
  if (origin.includes('auth')) return ['/token']
  if (origin.includes('hub.'))
    return [...api(name, word), `/account/confirm-email/${word}`, `/accept-org-invite/${word}`]
  return [...v1(name, word), ...registry(name, word), ...api(name, word), '/token']
}
