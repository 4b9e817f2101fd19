import { describe, expect, test } from 'vitest'
import { router } from '../../src/http/router.ts'

const rows = [
  { method: 'GET', path: '/containers/json' },
  { method: 'GET', path: '/containers/:name/json' },
  { method: 'GET', path: '/images/*name/json' },
  { method: 'DELETE', path: '/images/*name' },
  { method: 'POST', path: '/containers/create' },
]
const engine = router(rows, { versioned: true })
const match = (method: string, target: string) => engine.match({ method, target, headers: {}, body: new Uint8Array() })

describe('a path', () => {
  test.each([
    ['GET', '/containers/json', '/containers/json', {}],
    ['GET', '/v1.41/containers/web/json?size=1', '/containers/:name/json', { name: 'web' }],
    ['GET', '/containers/a%2Fb/json', '/containers/:name/json', { name: 'a/b' }],
    ['GET', '/images/library/busybox/json', '/images/*name/json', { name: 'library/busybox' }],
    ['GET', '/images/library%2Fbusybox%3A1.36/json', '/images/*name/json', { name: 'library/busybox:1.36' }],
    ['GET', '/images/json/json', '/images/*name/json', { name: 'json' }],
    ['DELETE', '/images/127.0.0.1:5000/a/b', '/images/*name', { name: '127.0.0.1:5000/a/b' }],
  ])('%s %s is %s', (method, target, path, params) => {
    expect(match(method, target)).toMatchObject({ route: { path }, params })
  })

  test.each([
    ['wrong method', 'DELETE', '/containers/json'],
    ['HEAD on a GET route', 'HEAD', '/containers/json'],
    ['trailing slash', 'GET', '/containers/json/'],
    ['wrong case', 'GET', '/Containers/json'],
    ['a version that is no number', 'GET', '/v1.x/containers/json'],
    ['a name that cannot be decoded', 'GET', '/containers/%zz/json'],
    ['the root', 'GET', '/'],
  ])('%s is no route', (_why, method, target) => {
    expect(match(method, target)).toBeUndefined()
  })

  test.each([
    ['//containers//json', '/containers/json'],
    ['/containers//web/json?size=1', '/containers/web/json?size=1'],
    ['/containers/../images/x/json', '/images/x/json'],
    ['/v1.41//containers/./json/', '/v1.41/containers/json/'],
  ])('%s moves to %s', (target, location) => {
    expect(match('GET', target)).toEqual({ location })
  })

  test('its version is what it says', () => {
    expect(match('GET', '/v1.41/containers/json')).toMatchObject({ version: '1.41' })
    expect(match('GET', '/containers/json')).toMatchObject({ version: undefined })
  })
})
