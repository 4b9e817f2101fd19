import type { Env } from '../../core/env.ts'
import { failing } from '../../http/progress.ts'
import { beginTalk } from '../distribution/conversation.ts'
import { anonymous, type Credentials } from '../distribution/credentials.ts'
import { domainOfAddress } from '../distribution/server-address.ts'
import type { EngineEvent } from '../events.ts'
import { canonical, domainOf, parseReference, type Reference, withDefaultTag } from '../images/reference.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { Wanted } from './base-image.ts'
import type { Build, BuildOptions } from './build.ts'
import type { BuildCommands } from './commands.ts'

/** The build waits while the daemon pulls. moby: daemon/images pullForBuilder */
export function pullEvents(
  state: EngineState,
  build: Build,
  { wanted, platform, failing: prefix }: Wanted,
  lines: readonly object[],
  env: Env,
): readonly EngineEvent[] {
  const reference = withDefaultTag(parseReference(wanted))
  const topic = {
    type: 'ImagePull' as const,
    image: canonical({ ...reference, tag: undefined, digest: undefined }),
    tag: reference.digest ?? reference.tag!,
    platform,
    credentials: credentialsFor(build.options, reference),
  }
  const { id, events } = beginTalk(state, topic, env)
  const pulling = { conversation: id, image: wanted, failing: prefix }
  return [{ type: 'build.advance', build: { ...build, announced: true, pulling }, lines }, ...events]
}

/** moby: registry.ResolveAuthConfig */
function credentialsFor({ credentials }: BuildOptions, { name }: Reference): Credentials {
  const own = Object.keys(credentials).find((address) => domainOfAddress(address) === domainOf(name))
  return own === undefined ? anonymous : credentials[own]!
}

/** The instruction is done again, now that its image is here; or the build has failed. */
export const pulled: EngineVerb<BuildCommands['BuildPulled']> = (state, { id, outcome }) => {
  const build = state.builds.byId.get(id)
  if (!build?.pulling) return []
  if (outcome.problem) {
    const error = failing(build.pulling.failing + outcome.problem.message)
    return [{ type: 'build.end', id, image: undefined, lines: [error] }]
  }
  const after = { ...build, pulling: undefined, pulled: build.pulling.image }
  return [{ type: 'build.advance', build: after, lines: [] }]
}
