import { Problem } from '../../../core/problem.ts'
import { requiredJson } from '../../../http/body.ts'
import { decode } from '../../../http/go-json.ts'
import type { Input } from '../../../http/input.ts'
import type { CreateRequest } from '../commands.ts'
import { config, createRequest, hasConfig, hostConfig } from '../config.ts'
import { createRequestIn } from './create-before.ts'
import { withOldLimits } from './old-limits.ts'

/** The body of `POST /containers/create`. moby: runconfig.DecodeCreateRequest */
export function createRequestOf(input: Input): CreateRequest {
  const body = requiredJson(input)
  const own = decode(config, body)
  const { hostConfig: host, networkingConfig } = decode(createRequest, body)
  if (body === null || typeof body !== 'object' || !hasConfig(body))
    throw new Problem('InvalidParameter', 'config cannot be empty in order to create a container')
  return createRequestIn(input.version, {
    name: input.query.get('name') ?? '',
    config: own,
    hostConfig: withOldLimits(input.version, body, host ?? hostConfig.zero),
    endpoints: networkingConfig?.endpointsConfig ?? null,
    platform: input.query.get('platform') ?? '',
  })
}
