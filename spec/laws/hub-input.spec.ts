import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/http/json-lines.ts'
import { createWavetank } from '../../src/index.ts'
import { ask } from '../hub/ask.ts'
import { logIn, registryToken } from '../hub/hub-api/client.ts'
import { AUTH, BODIES, basic, HEADERS, HOSTS, METHODS, NAMES, pathsOf, QUERIES, WORDS } from './hub-input.ts'

const START = createWavetank({
  clock: 'manual',
  registries: ['127.0.0.1:5000', { host: '127.0.0.1:5001', accounts: { me: 'secret' } }],
  hub: {
    accounts: [
      { name: 'alice', password: 'secret', admin: true },
      { name: 'bobby', password: 'secret', active: false },
    ],
    organisations: [{ name: 'acme', members: { alice: 'owner' }, teams: [{ name: 'devs', members: ['alice'] }] }],
  },
})
logIn(START, 'alice')('POST', '/v2/namespaces/alice/repositories', { name: 'app' })
const { token } = ask(START, 'POST', 'https://hub.docker.com/v2/users/login', {
  body: '{"username":"alice","password":"secret"}',
}).json as { token: string }
const good = [
  `Bearer ${token}`,
  basic('alice:secret'),
  `Bearer ${registryToken(START, 'alice', 'alice/app', 'pull,push,delete')}`,
]

/** Requests of all kinds to all of the Hub's hosts, wrong in one way or in all of them. */
const requests = fc
  .record({
    host: fc.constantFrom(...HOSTS),
    name: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('alice/app', 'acme/api') }, fc.constantFrom(...NAMES)),
    word: fc.oneof(fc.constantFrom('alice', 'devs', 'latest', 'a'.repeat(64)), fc.constantFrom(...WORDS)),
    way: fc.nat(),
    method: fc.constantFrom(...METHODS),
    query: fc.oneof(fc.constant(''), fc.constantFrom(...QUERIES)),
    authorization: fc.oneof(fc.constantFrom(...good), fc.constantFrom(...AUTH)),
    headers: fc.subarray(HEADERS, { maxLength: 3 }),
    body: fc.oneof(fc.constantFrom(...BODIES), fc.json({ maxDepth: 2 })),
  })
  .map(({ host, name, word, way, method, query, authorization, headers, body }) => {
    const paths = pathsOf(host.origin, name, word)
    const given = { ...Object.fromEntries(headers), ...(authorization === undefined ? {} : { authorization }) }
    return { ...host, method, target: paths[way % paths.length]! + query, headers: given, body: utf8(body) }
  })

test('whatever is sent to the Hub is answered, and what is refused changes nothing', () => {
  fc.assert(
    fc.property(fc.array(requests, { minLength: 1, maxLength: 12, size: 'max' }), (several) => {
      const tank = START.fork()
      for (const request of several) {
        const before = tank.hub.store.state
        const served = tank.serve(request)
        expect(served.kind).toBe('answer')
        const { status } = (served as { answer: { status: number } }).answer
        expect(status === 501 || status < 500).toBe(true)
        if (status < 400) continue
        const { content, repositories, accounts, organisations, accessTokens, index, registryV1 } = tank.hub.store.state
        expect({ content, repositories, accounts, organisations, accessTokens, index, registryV1 }).toEqual({
          content: before.content,
          repositories: before.repositories,
          accounts: before.accounts,
          organisations: before.organisations,
          accessTokens: before.accessTokens,
          index: before.index,
          registryV1: before.registryV1,
        })
      }
    }),
    { numRuns: 400 },
  )
}, 120_000)
