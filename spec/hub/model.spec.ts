import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesIn, keyOf } from '../../src/hub/registry/registry.ts'
import type { HubState } from '../../src/hub/state.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { ask, codesOf, HUB } from './ask.ts'
import { type Call, caller, logIn, pull, push, registryToken } from './hub-api/client.ts'
import { danglingOf } from './whole.ts'

const PEOPLE = ['ann', 'bob', 'olga', 'ed'] as const
const REPOSITORIES = ['ann/app', 'ann/web', 'bob/app', 'acme/api'] as const
const TAGS = ['1', '2'] as const
type Person = (typeof PEOPLE)[number]

/** What the Hub should hold: a repository is private or not, and has tags. */
type Model = Map<string, { isPrivate: boolean; tags: Map<string, string> }>

interface Real {
  readonly tank: Wavetank
  readonly calls: Readonly<Record<Person, Call>>
}

const START = createWavetank({
  clock: 'manual',
  hub: {
    accounts: PEOPLE.map((name) => ({ name, password: 'secret' })),
    organisations: [{ name: 'acme', members: { olga: 'owner', ed: 'editor' } }],
  },
})

/** Whose the namespace is. */
const owns = (who: Person, name: string): boolean =>
  name.startsWith(`${who}/`) || (name.startsWith('acme/') && (who === 'olga' || who === 'ed'))
const sees = (model: Model, who: Person, name: string): boolean =>
  model.has(name) && (owns(who, name) || !model.get(name)!.isPrivate)

const pathOf = (name: string) => `/v2/repositories/${name}`

class Command implements fc.Command<Model, Real> {
  readonly words: string
  readonly act: (model: Model, real: Real) => void
  constructor(words: string, act: (model: Model, real: Real) => void) {
    this.words = words
    this.act = act
  }
  check(): boolean {
    return true
  }
  run(model: Model, real: Real): void {
    this.act(model, real)
    everywhere(model, real)
  }
  toString(): string {
    return this.words
  }
}

const create = (who: Person, name: string, isPrivate: boolean) =>
  new Command(`${who} creates ${name}${isPrivate ? ', private' : ''}`, (model, { calls }) => {
    const [namespace, short] = name.split('/')
    const { status } = calls[who]('POST', `/v2/namespaces/${namespace}/repositories`, {
      name: short,
      is_private: isPrivate,
    })
    if (!owns(who, name)) return expect(status).toBe(403)
    expect(status).toBe(model.has(name) ? 400 : 201)
    if (!model.has(name)) model.set(name, { isPrivate, tags: new Map() })
  })

/** 404 for what one does not see, 403 for what one may not do. */
const refusal = (model: Model, who: Person, name: string) => (sees(model, who, name) ? 403 : 404)

const remove = (who: Person, name: string) =>
  new Command(`${who} deletes ${name}`, (model, { calls }) => {
    const { status } = calls[who]('DELETE', pathOf(name))
    const may = model.has(name) && owns(who, name)
    expect(status).toBe(may ? 202 : refusal(model, who, name))
    if (may) model.delete(name)
  })

const setPrivacy = (who: Person, name: string, isPrivate: boolean) =>
  new Command(`${who} makes ${name} ${isPrivate ? 'private' : 'public'}`, (model, { calls }) => {
    const { status } = calls[who]('POST', `${pathOf(name)}/privacy`, { is_private: isPrivate })
    const may = model.has(name) && owns(who, name)
    expect(status).toBe(may ? 200 : refusal(model, who, name))
    if (may) model.get(name)!.isPrivate = isPrivate
  })

const pushTag = (who: Person, name: string, tag: string, content: string) =>
  new Command(`${who} pushes ${name}:${tag} ${content}`, (model, { tank }) => {
    const { status, digest } = push(tank, who, name, tag, content)
    expect(status).toBe(owns(who, name) ? 201 : 401)
    if (!owns(who, name)) return
    if (!model.has(name)) model.set(name, { isPrivate: false, tags: new Map() })
    model.get(name)!.tags.set(tag, digest)
  })

const removeTag = (who: Person, name: string, tag: string) =>
  new Command(`${who} deletes ${name}:${tag}`, (model, { calls }) => {
    const { status } = calls[who]('DELETE', `${pathOf(name)}/tags/${tag}`)
    const may = model.has(name) && owns(who, name)
    const there = model.get(name)?.tags.has(tag) ?? false
    expect(status).toBe(may ? (there ? 204 : 404) : refusal(model, who, name))
    if (may) model.get(name)!.tags.delete(tag)
  })

const look = (who: Person, name: string, tag: string) =>
  new Command(`${who} pulls ${name}:${tag}`, (model, { tank, calls }) => {
    const digest = sees(model, who, name) ? model.get(name)!.tags.get(tag) : undefined
    const said = pull(tank, who, name, tag)
    if (digest === undefined) expect([401, 404]).toContain(said.status)
    else expect([said.status, said.headers['docker-content-digest']]).toEqual([200, digest])
    expect(calls[who]('GET', `${pathOf(name)}/tags/${tag}`).json.digest).toBe(digest)
  })

/** What each of them sees, by the Hub API, is what the model has; and all that is there is whole. */
function everywhere(model: Model, { tank, calls }: Real): void {
  for (const who of PEOPLE)
    for (const namespace of ['ann', 'bob', 'acme']) {
      const { results } = calls[who]('GET', `/v2/namespaces/${namespace}/repositories?ordering=name`).json
      const seen = [...model.keys()].filter((name) => name.startsWith(`${namespace}/`) && sees(model, who, name)).sort()
      expect(results.map(({ name }: { name: string }) => `${namespace}/${name}`)).toEqual(seen)
    }
  const { state } = tank.hub.store
  expect(danglingOf(state)).toEqual([])
  for (const name of REPOSITORIES) if (!model.has(name)) expect(leftOf(state, name)).toEqual([])
}

/** What is left of a repository that is gone. */
function leftOf({ repositories, content, activity }: HubState, name: string): string[] {
  const key = keyOf({ registry: 'registry-1.docker.io', name })
  const tables = [
    content.links,
    content.manifests,
    content.tags,
    content.uploads,
    activity.tags,
    activity.pushed,
    activity.pulled,
  ]
  return [
    ...repositories.keys().filter((one) => one === key.trim()),
    ...tables.flatMap((table) => table.keysUnder(key)),
  ]
}

const who = fc.constantFrom(...PEOPLE)
const name = fc.constantFrom(...REPOSITORIES)
const tag = fc.constantFrom(...TAGS)
const commands = [
  fc.tuple(who, name, fc.boolean()).map((args) => create(...args)),
  fc.tuple(who, name).map((args) => remove(...args)),
  fc.tuple(who, name, fc.boolean()).map((args) => setPrivacy(...args)),
  fc.tuple(who, name, tag, fc.constantFrom('a', 'b')).map((args) => pushTag(...args)),
  fc.tuple(who, name, tag).map((args) => removeTag(...args)),
  fc.tuple(who, name, tag).map((args) => look(...args)),
]

describe('a Hub under any commands', () => {
  it('shows what was done and nothing else, by the API and by the registry', () => {
    fc.assert(
      fc.property(fc.commands(commands, { maxCommands: 12, size: 'max' }), (some) => {
        const tank = START.fork()
        const calls = Object.fromEntries(PEOPLE.map((one) => [one, logIn(tank, one)])) as Real['calls']
        fc.modelRun(() => ({ model: new Map() as Model, real: { tank, calls } }), some)
      }),
      { numRuns: 25 },
    )
  })

  it('is at the same place after the same requests, byte for byte', () => {
    const texts = () => {
      const tank = START.fork()
      const ann = logIn(tank, 'ann')
      push(tank, 'ann', 'ann/app', '1')
      const made = ann('POST', '/v2/access-tokens', { token_label: 'x', scopes: ['repo:read'] })
      return [made, ann('GET', '/v2/repositories/ann/app/tags'), caller(tank)('GET', '/v2/users/ann')].map(
        ({ text }) => text,
      )
    }
    expect(texts()).toEqual(texts())
  })
})

describe('two pushes to one repository at once', () => {
  /** The requests of one push, in order. */
  function requestsOf(tank: Wavetank, content: string): (() => void)[] {
    const before = tank.fork()
    const { digest } = push(before, 'ann', 'ann/app', '1', content)
    const { content: held } = before.hub.store.state
    const where = { registry: 'registry-1.docker.io', name: 'ann/app' }
    const manifest = held.manifests.get(keyOf(where, digest))!
    const headers = { authorization: `Bearer ${registryToken(tank, 'ann', 'ann/app', 'pull,push')}` }
    const blobs = held.links.prefix(keyOf(where)).map((link) => [link, bytesIn(held, where, link)!] as const)
    return [
      ...blobs.flatMap(([link, body]) => {
        let at = ''
        return [
          () => void (at = ask(tank, 'POST', `${HUB}/v2/ann/app/blobs/uploads/`, { headers }).headers.location!),
          () =>
            void ask(tank, 'PUT', `${HUB}${at.replace(HUB, '')}${at.includes('?') ? '&' : '?'}digest=${link}`, {
              headers,
              body,
            }),
        ]
      }),
      () =>
        void ask(tank, 'PUT', `${HUB}/v2/ann/app/manifests/1`, {
          headers: { ...headers, 'content-type': manifest.mediaType },
          body: manifest.bytes,
        }),
    ]
  }

  const heldBy = ({ hub }: Wavetank) => {
    const { tags, manifests, links } = hub.store.state.content
    return JSON.stringify([tags.entries(), manifests.keys(), links.keys()])
  }

  it('end as if one had been before the other', () => {
    const serial = (order: readonly string[]) => {
      const tank = START.fork()
      for (const content of order) for (const act of requestsOf(tank, content)) act()
      return heldBy(tank)
    }
    const ends = [serial(['a', 'b']), serial(['b', 'a'])]
    expect(ends[0]).not.toBe(ends[1])
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (turns) => {
        const tank = START.fork()
        const queues = [requestsOf(tank, 'a'), requestsOf(tank, 'b')]
        while (queues.some(({ length }) => length > 0)) {
          const turn = turns.next().value ? 0 : 1
          ;(queues[turn]!.shift() ?? queues[1 - turn]!.shift())!()
          expect(danglingOf(tank.hub.store.state)).toEqual([])
        }
        expect(ends).toContain(heldBy(tank))
      }),
      { numRuns: 40 },
    )
  })

  it('that break off leave nothing to be seen', () => {
    fc.assert(
      fc.property(fc.nat(4), (length) => {
        const tank = START.fork()
        for (const act of requestsOf(tank, 'a').slice(0, length)) act()
        expect(codesOf(pull(tank, 'ann', 'ann/app', '1'))).toEqual(['MANIFEST_UNKNOWN'])
        expect(logIn(tank, 'ann')('GET', '/v2/repositories/ann/app').status).toBe(404)
      }),
      { numRuns: 10 },
    )
  })
})
