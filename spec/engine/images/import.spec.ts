import { describe, expect, test } from 'vitest'
import { gzip } from '../../../src/storage/gzip/gzip.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { asking } from '../asking.ts'
import { told } from './told.ts'

const tree = encode([tarEntry({ name: 'etc/motd', body: new TextEncoder().encode('hello\n') })])

/** The same tree by GNU tar and xz. */
const XZ = new Uint8Array(
  Buffer.from(
    [
      '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Cf/AG5dADKdCIYUltE4104j1IUOQsX+bK9kKStJS6RToh9yS9zdqGzqjeU3nLeU0ne1ikT0y+p8Yv',
      'OxX6UZJqJ8Ooz0BN+tkuPms1AW+Q9xow78uKpgVaBDzrvWm0+Nry69/3Sz3B4rfYIhXK1FB6PrHMYAAAAA47QmbbyhfTcAAYoBgFAAAFhS+8Cx',
      'xGf7AgAAAAAEWVo=',
    ].join(''),
    'base64',
  ),
)

/** And by zstd. */
const ZSTD = new Uint8Array(
  Buffer.from(
    [
      'KLUv/QRoVQIAgoMLEKDtcr7eC6r6+kqzVQASIwUGjjG1/PudhdF+cF4/7j+vmqTksLkzzZ3WNYFWBQogkNsd9oU30igAz2Cl08/5',
      'YE4wKMBwonJVnJn5',
    ].join(''),
    'base64',
  ),
)

describe('POST /images/create?fromSrc=-', () => {
  test('makes an image of one layer, plain or compressed the same', async () => {
    const world = asking()
    const { ask, tank } = world
    const changes = ['CMD ["cat","/etc/motd"]', 'ENV A=b'].map((one) => `&changes=${encodeURIComponent(one)}`).join('')
    const { text } = await ask('POST', `/images/create?fromSrc=-&repo=me/flat&tag=1&message=mine${changes}`, tree)
    const { json } = await ask('GET', '/images/me/flat:1/json')
    expect(text).toBe(`{"status":"${json.Id}"}\r\n`)
    expect(json).toMatchObject({ Comment: 'mine', Size: 6, Config: { Cmd: ['cat', '/etc/motd'], Env: ['A=b'] } })
    expect(tank.image('me/flat:1').fs.readFileSync('/etc/motd', 'utf8')).toBe('hello\n')
    await ask('POST', '/images/create?fromSrc=-&repo=me/gz', gzip(tree))
    expect((await ask('GET', '/images/me/gz/json')).json.RootFS).toEqual(json.RootFS)
    expect((await told(world)).slice(0, 2)).toEqual(['image tag me/flat:1', `image import ${json.Id}`])
  })

  test('compressed with xz or zstd, whole or broken', async () => {
    const { ask, tank } = asking()
    await ask('POST', '/images/create?fromSrc=-&repo=me/xz', XZ)
    expect(tank.image('me/xz').fs.readFileSync('/etc/motd', 'utf8')).toBe('hello\n')
    await ask('POST', '/images/create?fromSrc=-&repo=me/zstd', ZSTD)
    expect((await ask('GET', '/images/me/zstd/json')).json.RootFS).toEqual(
      (await ask('GET', '/images/me/xz/json')).json.RootFS,
    )
    const { refusal } = await ask('POST', '/images/create?fromSrc=-&repo=me/half', XZ.subarray(0, 100))
    expect(refusal).toBe('500 exit status 1: xz: (stdin): Unexpected end of input\n')
  })

  test('for the platform that is said', async () => {
    const { ask } = asking()
    await ask('POST', '/images/create?fromSrc=-&repo=arm&platform=linux/aarch64/v8', tree)
    expect((await ask('GET', '/images/arm/json')).json).toMatchObject({
      Architecture: 'arm64',
      Variant: 'v8',
      Os: 'linux',
    })
    expect((await ask('POST', '/images/create?fromSrc=-&platform=windows/amd64', tree)).refusal).toBe(
      '400 operating system is not supported',
    )
  })

  test.each([
    ['repo=BAD', '400 invalid reference format: repository name (library/BAD) must be lowercase'],
    ['changes=RUN%20x', '400 RUN is not a valid change command'],
  ])('?%s is refused, and nothing is there', async (query, refusal) => {
    const { ask, tank } = asking()
    const { images } = tank.engine.store.state
    expect((await ask('POST', `/images/create?fromSrc=-&${query}`, tree)).refusal).toBe(refusal)
    expect(tank.engine.store.state.images).toBe(images)
  })

  test('what is no archive is refused', async () => {
    const { ask, tank } = asking()
    const { images } = tank.engine.store.state
    const { text } = await ask(
      'POST',
      '/images/create?fromSrc=-&repo=x',
      new TextEncoder().encode('garbage'.repeat(100)),
    )
    expect(text).toContain('archive/tar: invalid tar header')
    expect(tank.engine.store.state.images).toBe(images)
  })
})
