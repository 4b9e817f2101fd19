/** Docker Hub: the Index, the registries of both ages, the token server, the Hub API and its website. */
export const hubHosts: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'www.docker.io',
  'registry-1.docker.io',
  'cdn-registry-1.docker.io',
  'registry.hub.docker.com',
  'auth.docker.io',
  'hub.docker.com',
  'production.cloudflare.docker.com',
])
