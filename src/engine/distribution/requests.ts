import { Problem } from '../../core/problem.ts'
import { filterFlag, parseFilters } from '../../http/filters.ts'
import type { Input } from '../../http/input.ts'
import { versionBelow } from '../api-version.ts'
import type { EngineCommand } from '../commands.ts'
import { parsePlatform } from '../containers/platform.ts'
import { importSource } from '../images/import-source.ts'
import { domainOf, parseReference } from '../images/reference.ts'
import { importRequest } from '../images/wire/import-request.ts'
import type { EngineState } from '../state.ts'
import { credentials } from '../system/auth.ts'
import { supports } from '../versions.ts'
import { pullReference, pushReference } from './asked-reference.ts'
import type { Era, Protocol } from './commands.ts'
import { credentialsIn, credentialsOf } from './credentials.ts'
import { domainOfAddress } from './server-address.ts'

/** The API of docker 1.6, the first that spoke v2 to Docker Hub. */
const FIRST_V2 = '1.18'

/** What is spoken to the registry of a canonical name's first part. */
function protocolOf({ version }: Input, { host }: EngineState, domain: string): Protocol {
  return host.registryProtocol ?? (versionBelow(version, FIRST_V2) && domain === 'docker.io' ? 'v1' : 'v2')
}

const eraOf = ({ version }: Input): Era => (supports(version, 'laterV1') ? '1.6' : '1.3')

const authOf = ({ request }: Input) => credentialsOf(request.headers['x-registry-auth'])

/** With `fromImage` a pull, else an import. moby: api/server/router/image postImagesCreate */
export function createCommand(input: Input, state: EngineState): EngineCommand {
  const { query } = input
  const image = query.get('fromImage') ?? ''
  const platform = (supports(input.version, 'imagePlatform') && query.get('platform')) || ''
  if (platform !== '') parsePlatform(platform)
  if (image === '') {
    const source = query.get('fromSrc') ?? ''
    const command = importRequest(input)
    if (source === '-') return command
    const { archive, message } = importSource(state.web, source)
    return { ...command, archive, message: command.message || message }
  }
  const tag = query.get('tag') ?? ''
  const protocol = protocolOf(input, state, domainOf(pullReference({ image, tag }).name))
  const era = eraOf(input)
  return { type: 'ImagePull', image, tag, platform, credentials: authOf(input), protocol, era }
}

const SEARCH_FILTERS: ReadonlySet<string> = new Set(['is-automated', 'is-official', 'stars'])
const LIMIT = 25

export function searchCommand(input: Input): EngineCommand {
  const { query } = input
  const text = query.get('limit') ?? ''
  if (text !== '' && !/^[+-]?\d+$/.test(text))
    throw new Problem(
      'InvalidParameter',
      `invalid limit specified: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    )
  const filters = parseFilters(query.get('filters'), SEARCH_FILTERS)
  const limit = text === '' || Number(text) === 0 ? LIMIT : Number(text)
  if (limit < 1 || limit > 100) throw new Problem('InvalidParameter', `limit ${limit} is outside the range of [1, 100]`)
  const flag = (key: string) => (filters.has(key) ? filterFlag(filters, key, false) : undefined)
  const stars = (filters.get('stars') ?? []).map((one) => {
    if (!/^\d+$/.test(one)) throw new Problem('InvalidParameter', `invalid filter 'stars=${one}'`)
    return Number(one)
  })
  return {
    type: 'ImageSearch',
    term: query.get('term') ?? '',
    limit,
    filters: { official: flag('is-official'), automated: flag('is-automated'), stars: Math.max(0, ...stars) },
    credentials: authOf(input),
  }
}

export function pushCommand(input: Input, state: EngineState): EngineCommand {
  const asked = { name: input.params.name!, tag: input.query.get('tag') ?? '' }
  const protocol = protocolOf(input, state, domainOf(pushReference(asked).name))
  const told = protocol === 'v1' && input.request.headers['x-registry-auth'] === undefined
  const credentials = told ? credentialsIn(input.request.body) : authOf(input)
  return { type: 'ImagePush', ...asked, credentials, protocol, era: eraOf(input) }
}

export function inspectCommand(input: Input): EngineCommand {
  const name = input.params.name!
  if (!/^[0-9a-f]{64}$/.test(name)) parseReference(name)
  return { type: 'DistributionInspect', name, credentials: authOf(input) }
}

export function authCommand(input: Input, state: EngineState): EngineCommand {
  const { username, password, email, identitytoken, registrytoken, serveraddress } = credentials(input)
  const given = { username, password, identityToken: identitytoken, registryToken: registrytoken }
  const protocol = protocolOf(input, state, domainOfAddress(serveraddress))
  return { type: 'SystemAuth', serverAddress: serveraddress, credentials: given, email, protocol }
}
