import { Problem } from '../../core/problem.ts'
import { filterFlag, parseFilters } from '../../http/filters.ts'
import type { Input } from '../../http/input.ts'
import { progressLine } from '../../http/json-lines.ts'
import { versionBelow } from '../api-version.ts'
import type { EngineCommand } from '../commands.ts'
import { parsePlatform } from '../containers/platform.ts'
import { importSource } from '../images/import-source.ts'
import { domainOf, parseReference } from '../images/reference.ts'
import { importRequest } from '../images/wire/import-request.ts'
import type { EngineState } from '../state.ts'
import { credentials } from '../system/auth.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { pullReference, pushReference } from './asked-reference.ts'
import type { Era, Protocol } from './commands.ts'
import { credentialsOf } from './credentials.ts'
import { whenTold } from './follow.ts'
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
function createCommand(input: Input, state: EngineState): EngineCommand {
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

function searchCommand(input: Input): EngineCommand {
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

export const distributionRoutes: readonly EngineRoute[] = [
  {
    method: 'POST',
    path: '/images/create',
    operationId: 'ImageCreate',
    command: createCommand,
    reply: ({ state, events, input }) => {
      const imported = events.find((event) => event.type === 'image.import')
      if (!imported) return whenTold(events, input.version)
      const source = input.query.get('fromSrc') ?? '-'
      const before = source === '-' ? [] : importSource(state.web, source).lines
      const headers = [['Content-Type', 'application/json']] as const
      return { status: 200, headers, bytes: [...before, { status: imported.id }].map(progressLine) }
    },
  },
  {
    method: 'POST',
    path: '/images/*name/push',
    operationId: 'ImagePush',
    command: (input, state) => {
      const asked = { name: input.params.name!, tag: input.query.get('tag') ?? '' }
      const protocol = protocolOf(input, state, domainOf(pushReference(asked).name))
      const era = eraOf(input)
      return { type: 'ImagePush', ...asked, credentials: authOf(input), protocol, era }
    },
    reply: ({ events, input }) => whenTold(events, input.version),
  },
  {
    method: 'GET',
    path: '/images/search',
    operationId: 'ImageSearch',
    command: searchCommand,
    reply: ({ events, input }) => whenTold(events, input.version),
  },
  {
    method: 'GET',
    path: '/distribution/*name/json',
    operationId: 'DistributionInspect',
    command: (input) => {
      const name = input.params.name!
      if (!/^[0-9a-f]{64}$/.test(name)) parseReference(name)
      return { type: 'DistributionInspect', name, credentials: authOf(input) }
    },
    reply: ({ events, input }) => whenTold(events, input.version),
  },
  {
    method: 'POST',
    path: '/auth',
    operationId: 'SystemAuth',
    command: (input, state) => {
      const { username, password, email, identitytoken, registrytoken, serveraddress } = credentials(input)
      const given = { username, password, identityToken: identitytoken, registryToken: registrytoken }
      const protocol = protocolOf(input, state, domainOfAddress(serveraddress))
      return { type: 'SystemAuth', serverAddress: serveraddress, credentials: given, email, protocol }
    },
    reply: ({ events, input }) => whenTold(events, input.version),
  },
]
