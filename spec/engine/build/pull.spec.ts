import { describe, expect, test } from 'vitest'
import { busybox } from '../../../src/engine/images/official/busybox.ts'
import { anonymous, Builder, linesOf, textOf } from './building.ts'

const withoutImages = () => new Builder({ images: {} })

const encoded = (value: unknown) => btoa(JSON.stringify(value))

describe('given an engine without images', () => {
  test('when FROM names one, it is pulled, and the stream tells of the pull between the step and its id', async () => {
    const builder = withoutImages()
    const lines = await builder.build('t=a', 'FROM busybox:1.36\nRUN echo hi > /f\n')
    const told = lines.map(({ stream, status, id }) => stream ?? (id ? `${id}: ${status}` : status))
    expect(told.slice(0, 3)).toEqual(['Step 1/2 : FROM busybox:1.36', '\n', '1.36: Pulling from library/busybox'])
    expect(told).toContain('Status: Downloaded newer image for busybox:1.36')
    expect(
      told
        .slice(told.indexOf('Status: Downloaded newer image for busybox:1.36') + 1, -3)
        .map((one) => anonymous(one ?? '')),
    ).toEqual([
      ' ---> <id>\n',
      'Step 2/2 : RUN echo hi > /f',
      '\n',
      ' ---> Running in <id>\n',
      ' ---> Removed intermediate container <id>\n',
      ' ---> <id>\n',
    ])
    expect(builder.file('a', '/f')).toBe('hi\n')
  })

  test('when COPY --from names one, it is pulled for it', async () => {
    const builder = withoutImages()
    const lines = await builder.build('t=a', 'FROM scratch\nCOPY --from=alpine:3.20 /etc/alpine-release /\n')
    expect(lines.map(({ status }) => status)).toContain('Status: Downloaded newer image for alpine:3.20')
    expect(builder.file('a', '/alpine-release')).toBe('3.20.3\n')
  })

  test('a quiet build tells nothing of it', async () => {
    const lines = await linesOf(await withoutImages().post('q=1', { Dockerfile: 'FROM busybox:1.36\nENV A=1\n' }))
    expect(lines).toEqual([{ stream: expect.stringMatching(/^sha256:[0-9a-f]{64}\n$/) }])
  })
})

describe('given an image that is there', () => {
  test('when the request says pull, it is asked for again', async () => {
    const lines = await new Builder().build('pull=1', 'FROM busybox:1.36\nENV A=1\n')
    expect(lines.map(({ status }) => status)).toContain('Status: Image is up to date for busybox:1.36')
  })

  test('a stage is never pulled', async () => {
    const lines = await new Builder().build('pull=1', 'FROM scratch AS base\nCOPY f /f\nFROM base\nENV A=1\n', {
      f: '1',
    })
    expect(lines.filter(({ status }) => status)).toEqual([])
    expect(textOf(lines)).toContain('Successfully built')
  })
})

describe('what cannot be pulled ends the stream in the words of a pull', () => {
  const denied =
    "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
  test.each([
    ['FROM nosuch\n', denied],
    ['FROM scratch\nCOPY --from=nosuch / /x\n', `invalid from flag value nosuch: ${denied}`],
    ['FROM 127.0.0.1:1/x\n', 'Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused'],
    ['FROM busybox:nosuch\n', 'manifest for busybox:nosuch not found: manifest unknown: manifest unknown'],
    ['FROM Bad\n', 'invalid reference format: repository name (library/Bad) must be lowercase'],
  ])('%j', async (dockerfile, message) => {
    const builder = new Builder()
    expect((await builder.build('t=a', dockerfile)).at(-1)).toEqual({ error: message, errorDetail: { message } })
    expect((await builder.get('images/a/json')).status).toBe(404)
  })
})

describe('given a private repository', () => {
  const hub = {
    accounts: [{ name: 'ann', password: 'secret' }],
    repositories: [
      { name: 'ann/secret', visibility: 'private' as const, images: [{ tags: ['latest'], image: busybox }] },
    ],
  }
  const dockerfile = { Dockerfile: 'FROM ann/secret\nENV A=1\n' }

  test('it is pulled with the credentials of X-Registry-Config', async () => {
    const config = { 'https://index.docker.io/v1/': { username: 'ann', password: 'secret' } }
    const response = await new Builder({ hub }).post('', dockerfile, { 'x-registry-config': encoded(config) })
    expect(textOf(await linesOf(response))).toContain('Successfully built')
  })

  test('it is denied to those of another registry', async () => {
    const config = { 'registry.example': { username: 'ann', password: 'secret' } }
    const response = await new Builder({ hub }).post('', dockerfile, { 'x-registry-config': encoded(config) })
    expect(textOf(await linesOf(response))).toContain('pull access denied for ann/secret')
  })
})
