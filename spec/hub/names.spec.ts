import { beforeEach, describe, expect, it } from 'vitest'
import { diffOf } from '../../src/hub/registry-v1/files.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { ask, HUB } from './ask.ts'
import { type Call, logIn, registryToken } from './hub-api/client.ts'

let tank: Wavetank
let ann: Call
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: { accounts: [{ name: 'ann', password: 'secret' }], repositories: [{ name: 'ann/app' }] },
  })
  ann = logIn(tank, 'ann')
})

const actionsOf = (token: string): string[] => {
  const { access } = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')))
  return access.flatMap(({ actions }: { actions: string[] }) => actions)
}

describe.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
  'the name %s, which every object has,',
  (name) => {
    it('is no action of a scope', () => {
      expect(actionsOf(registryToken(tank, 'ann', 'ann/app', `pull,${name}`))).toEqual(['pull'])
    })

    it('is no repository that is out of order', () => {
      expect([401, 404]).toContain(ask(tank, 'GET', `${HUB}/v2/${name.toLowerCase()}/tags/list`).status)
      expect(ask(tank, 'GET', `https://index.docker.io/v1/repositories/${name}/images`).status).toBe(404)
    })

    it('is no order, no category and no permission', () => {
      const wrong = [
        ann('GET', `/v2/namespaces/ann/repositories?ordering=${name}`),
        ann('PATCH', '/v2/namespaces/ann/repositories/app/categories', [{ slug: name }]),
        ann('POST', '/v2/namespaces/ann/repositories/app/groups', { group_id: 1, permission: name }),
      ]
      expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400])
    })

    it('may be a file’s', () => {
      const row = [`/${name}`, 'f', false, 1, 0, 0, 0, 0] as const
      expect(Object.keys(diffOf([row], []).created)).toEqual([`/${name}`])
      expect(Object.keys(diffOf([[name, 'f', false, 1, 0, 0, 0, 0]], []).created)).toEqual([name])
    })
  },
)
