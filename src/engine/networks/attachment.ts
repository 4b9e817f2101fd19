import type { EndpointConfig } from '../containers/config.ts'

/** An entry of a container's `NetworkSettings.Networks`: it outlives the endpoint. */
export interface Attachment {
  /** The key of the entry: the network's name, or whatever the caller called it until the first start. */
  readonly name: string
  /** Empty until the first start. */
  readonly networkId: string
  readonly config: EndpointConfig
  /** null on the default bridge, until a rename. */
  readonly dnsNames: readonly string[] | null
}

/** With an attachment added or replaced. */
export function withAttachment(list: readonly Attachment[], attachment: Attachment): readonly Attachment[] {
  const others = list.filter(({ name }) => name !== attachment.name)
  return [...others, attachment].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** moby: buildEndpointDNSNames */
export function dnsNames(
  { id, name, hostname }: { readonly id: string; readonly name: string; readonly hostname: string },
  aliases: readonly string[] | null,
): readonly string[] {
  const names = [name, ...(aliases ?? []), id.slice(0, 12), hostname]
  return [...new Set(names.filter((one) => one !== ''))]
}
