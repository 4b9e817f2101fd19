/** A port of the host that leads to one of a container. */
export interface Binding {
  readonly hostIp: string
  readonly hostPort: number
}

/** `80/tcp` → where the host listens; null for a port that is only exposed. */
export type PortMap = Readonly<Record<string, readonly Binding[] | null>>

/** The side of a container on a network, while it runs. */
export interface Endpoint {
  readonly id: string
  readonly container: string
  readonly network: string
  /** Empty on host and none. */
  readonly mac: string
  /** `172.17.0.2/16`; empty without IPv4. */
  readonly ipv4: string
  readonly gateway4: string
  readonly ipv6: string
  readonly gateway6: string
  /** On the endpoint that leads out of the container, and only there. */
  readonly ports: PortMap | undefined
}

/** `172.17.0.2/16` → `172.17.0.2`. */
export const bare = (cidr: string): string => cidr.split('/', 1)[0]!

/** `172.17.0.2/16` → 16; 0 for nothing. */
export const prefixLength = (cidr: string): number => Number(cidr.split('/')[1] ?? 0)
