import { find as findImage } from '../images/find.ts'
import type { Image } from '../images/image.ts'
import { rootOf } from '../images/layer.ts'
import { wantedAttachments } from '../networks/endpoints.ts'
import { withMacAddress } from '../networks/mac-address.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { resolveMounts } from '../volumes/mounts.ts'
import type { CreateRequest } from './commands.ts'
import type { Config, HostConfig } from './config.ts'
import { type Container, createdFlags, none } from './container.ts'
import { completeHostConfig } from './host-config.ts'
import { emptyRoot, withInitLayer } from './init-layer.ts'
import { links } from './links.ts'
import { commandLine, mergeConfig } from './merge-config.ts'
import { generateName, reserveName } from './name.ts'
import { parsePlatform, verifyPlatform } from './platform.ts'
import { cleanPath, verifyConfig } from './verify-config.ts'
import { verifyHostConfig } from './verify-host-config.ts'
import { verifyNetworkMode } from './verify-network-mode.ts'
import { withWorkingDirectory } from './working-directory.ts'

/** moby: daemon/create.go; it never pulls. */
export const create: EngineVerb<CreateRequest> = (state, request, env) => {
  const { image, warnings } = verify(state, request)
  const hostConfig = completeHostConfig(state, withNetworkMode(request.hostConfig))
  const id = env.id()
  const config = completeConfig(mergeConfig(request.config, image?.config), hostConfig, id, state)
  const name =
    request.name === '' ? generateName(state.containers, id, env) : reserveName(state.containers, request.name)
  const attachments = wantedAttachments(state, hostConfig, withMacAddress(request, hostConfig.networkMode))
  const { mounts, events } = resolveMounts(state, config, hostConfig, env)
  const base = image ? withInitLayer(rootOf(state.images, image)) : emptyRoot()
  const root = withWorkingDirectory(base, config.workingDir, env.now)
  const container: Container = {
    id,
    name,
    created: env.now,
    ordinal: env.position,
    image: image?.id ?? '',
    base,
    ...commandLine(config),
    platform: 'linux',
    config,
    hostConfig,
    attachments,
    mounts,
    flags: createdFlags,
    links: links(state, hostConfig),
    linkNames: none,
    prepared: 'nothing',
    pending: none,
    restartCount: 0,
    restartDelay: 0,
    manuallyStopped: false,
    restartCancelled: false,
    health: undefined,
    execs: none,
  }
  return [...events, { type: 'container.create', container, root, warnings }]
}

/** All that needs no new container to be refused. */
function verify(
  state: EngineState,
  { config, hostConfig, platform }: CreateRequest,
): { readonly image?: Image; readonly warnings: readonly string[] } {
  verifyNetworkMode(config, hostConfig)
  if (platform !== '') parsePlatform(platform)
  verifyConfig(config)
  const warnings = verifyHostConfig(hostConfig, state.host)
  if (config.image === '') return { warnings }
  const image = findImage(state.images, config.image)
  if (platform !== '') verifyPlatform(image, config.image, parsePlatform(platform))
  return { image, warnings }
}

function withNetworkMode(hostConfig: HostConfig): HostConfig {
  const { networkMode } = hostConfig
  return networkMode === '' || networkMode === 'default' ? { ...hostConfig, networkMode: 'bridge' } : hostConfig
}

function completeConfig(config: Config, { networkMode }: HostConfig, id: string, { host }: EngineState): Config {
  const own = networkMode === 'host' ? host.name : id.slice(0, 12)
  return { ...config, hostname: config.hostname || own, workingDir: cleanPath(config.workingDir) }
}
