import { REGISTRY_HOST } from '../hosts.ts'

const HUB_SERVICE = 'registry.docker.io'

/** What tokens for a registry are made out to. */
export const serviceOf = (registry: string): string => (registry === REGISTRY_HOST ? HUB_SERVICE : registry)

/** The registry that a token is asked for. */
export const registryOfService = (service: string): string => (service === HUB_SERVICE ? REGISTRY_HOST : service)
