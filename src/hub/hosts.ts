/** The hosts that are Docker Hub. Every other one that the tank answers for is a registry of its own. */
export const INDEX_HOST = 'index.docker.io'
export const REGISTRY_HOST = 'registry-1.docker.io'
export const AUTH_HOST = 'auth.docker.io'
export const HUB_HOST = 'hub.docker.com'

export const HUB_HOSTS: readonly string[] = [INDEX_HOST, REGISTRY_HOST, AUTH_HOST, HUB_HOST, 'docker.io']
