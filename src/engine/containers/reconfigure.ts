import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import { wantedAttachments } from '../networks/endpoints.ts'
import type { EngineState } from '../state.ts'
import { resolveMounts } from '../volumes/mounts.ts'
import type { HostConfig } from './config.ts'
import type { Container } from './container.ts'
import { completeHostConfig } from './host-config.ts'
import { links } from './links.ts'
import { verifyHostConfig } from './verify-host-config.ts'
import { verifyNetworkMode } from './verify-network-mode.ts'

/** Old clients gave the host config at the start: what create would have made of it, over the mounts that are there. */
export function reconfigure(
  state: EngineState,
  container: Container,
  given: HostConfig,
  env: Env,
): readonly EngineEvent[] {
  const { id, config } = container
  const { networkMode } = given
  const asked = { ...given, networkMode: networkMode === '' || networkMode === 'default' ? 'bridge' : networkMode }
  verifyNetworkMode(config, asked)
  verifyHostConfig(asked, state.host)
  const hostConfig = completeHostConfig(state, asked)
  const { mounts, events } = resolveMounts(state, { ...config, volumes: null }, hostConfig, env)
  const replaced = new Set(mounts.map(({ destination }) => destination))
  const kept = container.mounts.filter(({ destination }) => !replaced.has(destination))
  return [
    ...events,
    {
      type: 'container.reconfigure',
      id,
      hostConfig,
      mounts: [...kept, ...mounts],
      attachments: wantedAttachments(state, hostConfig, null),
      links: links(state, hostConfig),
    },
  ]
}
