import { REGISTRY_HOST } from '../hub/hosts.ts'
import type { HubOrigin, RegistryOrigin } from './hub-origin.ts'
import type { NamedImage } from './image.ts'
import { namedOnes } from './image-like.ts'
import { addressOf } from './registries.ts'

/** The name that an image of a registry is declared under. */
export const referenceOf = (registry: string, name: string, [tag = 'latest']: readonly string[]): string =>
  registry === REGISTRY_HOST ? `${name}:${tag}` : `${registry}/${name}:${tag}`

/** What is declared of a world's registries: such images may bring programs with them. */
export function hubImages(
  hub: HubOrigin | false = {},
  registries: readonly (string | RegistryOrigin)[] = [],
): NamedImage[] {
  const own = hub ? (hub.repositories ?? []).map((one) => ({ ...one, registry: REGISTRY_HOST })) : []
  const others = registries.flatMap((one) =>
    typeof one === 'string'
      ? []
      : (one.repositories ?? []).map((repository) => ({ ...repository, registry: addressOf(one.host) })),
  )
  return namedOnes(
    [...own, ...others].flatMap(({ registry, name, images = [] }) =>
      images.map(({ tags, image }) => [image, referenceOf(registry, name, tags)] as const),
    ),
  )
}
