import type { Filters } from '../../http/filters.ts'
import type { EndpointConfig } from '../containers/config.ts'
import type { Ipam } from './network.ts'

/** `POST /networks/create`. */
export interface NetworkRequest {
  readonly name: string
  /** Empty: bridge. */
  readonly driver: string
  readonly scope: string
  /** Absent: as the driver has it, on. */
  readonly enableIPv4: boolean | null
  readonly enableIPv6: boolean | null
  readonly ipam: Ipam | null
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly configOnly: boolean
  readonly configFrom: string
  readonly options: Readonly<Record<string, string>> | null
  readonly labels: Readonly<Record<string, string>> | null
}

/** What can be asked of the domain, by operationId. `id` is whatever the caller calls the network. */
export interface NetworkCommands {
  NetworkCreate: NetworkRequest
  NetworkDelete: { readonly id: string }
  NetworkConnect: { readonly id: string; readonly container: string; readonly config: EndpointConfig }
  NetworkDisconnect: { readonly id: string; readonly container: string; readonly force: boolean }
  NetworkPrune: { readonly filters: Filters }
}
