/** `docker.io` of `https://index.docker.io/v1/`, and of none. */
export function domainOfAddress(address: string): string {
  const host = address.replace(/^https?:\/\//, '').split('/', 1)[0]!
  return host === '' || host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host
}
