import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Builder, contextOf, linesOf, textOf } from './building.ts'

const dockerfile = 'FROM busybox:1.36\nRUN echo remote\n'
const context = contextOf({ Dockerfile: dockerfile, other: 'FROM busybox:1.36\nRUN echo other\n' })
const web = {
  'http://example.com/Dockerfile': { body: dockerfile, headers: { 'content-type': 'text/plain; charset=utf-8' } },
  'http://example.com/bare': dockerfile,
  'http://example.com/bad': 'FROM busybox:1.36\nFOO x\n',
  'http://example.com/ctx.tar': { body: context, headers: { 'content-type': 'application/x-tar' } },
  'http://example.com/ctx.tgz': new Uint8Array(gzipSync(context)),
  'http://example.com/page': { body: '<p>', headers: { 'content-type': 'text/html' } },
  'http://example.com/empty': '',
  'http://example.com/gone': { status: 404, body: 'no' },
}
const remote = (url: string, query = '') =>
  new Builder({ web }).tank.fetch(
    new Request(`http://docker/v1.51/build?remote=${encodeURIComponent(url)}${query}`, { method: 'POST' }),
  )

describe('POST /build?remote=', () => {
  test.each(['Dockerfile', 'bare'])('a text at %s is a Dockerfile without a context', async (name) => {
    const lines = await linesOf(await remote(`http://example.com/${name}`))
    expect(lines.slice(0, 3)).toEqual([
      {
        status: `http://example.com/${name}`,
        progressDetail: { current: 34 },
        progress: '     34B',
        id: 'Downloading context',
      },
      {},
      { stream: 'Step 1/2 : FROM busybox:1.36' },
    ])
    expect(textOf(lines)).toContain('remote\n')
  })

  test.each(['ctx.tar', 'ctx.tgz'])('%s is a context', async (name) => {
    expect(textOf(await linesOf(await remote(`http://example.com/${name}`)))).toContain('remote\n')
    const other = await linesOf(await remote(`http://example.com/${name}`, '&dockerfile=other'))
    expect(textOf(other)).toContain('other\n')
  })

  test('a Dockerfile that cannot be read is told of after the download', async () => {
    const lines = await linesOf(await remote('http://example.com/bad'))
    expect(lines.at(-1)?.error).toMatch(/^dockerfile parse error on line 2: unknown instruction: FOO/)
    expect(lines).toHaveLength(3)
  })

  test.each([
    [
      'http://example.com/page',
      500,
      'error detecting content type for remote http://example.com/page: unsupported Content-Type "text/html"',
    ],
    [
      'http://example.com/empty',
      500,
      'error detecting content type for remote http://example.com/empty: empty response',
    ],
    [
      'http://example.com/gone',
      404,
      'error downloading remote context http://example.com/gone: failed to GET http://example.com/gone with status 404 Not Found: no',
    ],
    [
      'http://nosuch.invalid/x',
      500,
      'error downloading remote context http://nosuch.invalid/x: Get "http://nosuch.invalid/x": dial tcp: lookup nosuch.invalid: no such host',
    ],
    ['foo', 500, 'remoteURL (foo) could not be recognized as URL'],
    [
      'client-session',
      400,
      'experimental session with v1 builder is no longer supported, use builder version v2 (BuildKit) instead',
    ],
  ])('%s is refused', async (url, status, message) => {
    const response = await remote(url)
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })

  test.each(['git://example.com/x.git', 'github.com/a/b', 'git@example.com:a/b', 'https://example.com/x.git#main'])(
    '%s needs git, which this machine does not have',
    async (url) => {
      const response = await remote(url)
      expect(response.status).toBe(500)
      expect(((await response.json()) as { message: string }).message).toMatch(
        /exec: "git": executable file not found in \$PATH$/,
      )
    },
  )
})
