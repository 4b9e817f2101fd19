import { Problem } from '../../core/problem.ts'
import { type Config, type EndpointConfig, endpointConfig } from '../containers/config.ts'

type Endpoints = Readonly<Record<string, EndpointConfig | null>> | null

/**
 * The endpoints with the address that older clients give for the whole container, on its main network.
 * moby: handleMACAddressBC
 */
export function withMacAddress(
  { config, endpoints }: { readonly config: Config; readonly endpoints: Endpoints },
  networkMode: string,
): Endpoints {
  const { macAddress } = config
  if (macAddress === '' || networkMode === 'host' || networkMode === 'none') return endpoints
  const known = endpoints?.[networkMode] ?? endpointConfig.zero
  if (known.macAddress !== '' && known.macAddress !== macAddress)
    throw new Problem(
      'InvalidParameter',
      'the container-wide MAC address must match the endpoint-specific MAC address for the main network, or be left empty',
    )
  return { ...endpoints, [networkMode]: { ...known, macAddress } }
}
