import { describe, expect, test } from 'vitest'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { Builder, textOf } from './building.ts'

const archive = encode([tarEntry({ name: 'inner', body: new Uint8Array([105]) })])
const web = {
  'https://example.com/a.txt': { body: 'hello\n', headers: { 'Last-Modified': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
  'https://example.com/files/': { body: 'named\n', headers: { 'content-disposition': 'attachment; filename="n.txt"' } },
  'https://example.com/': 'nameless',
  'https://example.com/old': { status: 302, headers: { location: '/a.txt' } },
  'https://example.com/round': { status: 302, headers: { location: '/round' } },
  'https://example.com/gone': { status: 404, body: 'not here\n' },
  'https://example.com/x.tar': archive,
  'https://example.com/big': new Uint8Array(3_000_000),
}
const add = (what: string) =>
  new Builder({ web }).build('t=a', `FROM busybox:1.36\nADD ${what}\nRUN stat -c '%n %a %u:%g %s %Y' /d/*\n`)

describe('ADD of a URL that the world serves', () => {
  test('it stands under its name, for root alone, as old as the server says', async () => {
    const lines = await add('https://example.com/a.txt /d/')
    expect(textOf(lines)).toContain('/d/a.txt 600 0:0 6 1445412480\n')
    expect(lines.find(({ status }) => status)).toEqual({
      status: 'Downloading',
      progressDetail: { current: 6, total: 6 },
      progress: '[==================================================>]       6B/6B',
    })
  })

  test('without a date it is as old as the epoch', async () => {
    expect(textOf(await add('https://example.com/x.tar /d/'))).toContain('/d/x.tar 600 0:0 2048 0\n')
  })

  test('an archive is not unpacked', async () => {
    const builder = new Builder({ web })
    await builder.build('t=a', 'FROM scratch\nADD https://example.com/x.tar /\n')
    expect(builder.tank.image('a').fs.readdirSync('/')).toEqual(['x.tar'])
  })

  test('the name may come from the server', async () => {
    expect(textOf(await add('https://example.com/files/ /d/'))).toContain('/d/n.txt ')
  })

  test('redirects are followed', async () => {
    const builder = new Builder({ web })
    await builder.build('t=a', 'FROM scratch\nADD https://example.com/old /f\n')
    expect(builder.file('a', '/f')).toBe('hello\n')
  })

  test('the cache knows it by its content', async () => {
    const builder = new Builder({ web })
    const dockerfile = 'FROM scratch\nADD https://example.com/a.txt /f\n'
    await builder.build('', dockerfile)
    expect(textOf(await builder.build('', dockerfile))).toContain(' ---> Using cache\n')
  })

  test('a large one tells of its way', async () => {
    const lines = await add('https://example.com/big /d/')
    expect(lines.filter(({ status }) => status).map(({ progress }) => progress)).toEqual([
      '[>                                                  ]  32.77kB/3MB',
      '[==================================================>]      3MB/3MB',
    ])
  })
})

describe('what cannot be had ends the stream', () => {
  test.each([
    ['https://example.com/ /d/', 'ADD failed: cannot determine filename for source https://example.com/'],
    [
      'https://example.com/gone /d',
      'ADD failed: failed to GET https://example.com/gone with status 404 Not Found: not here',
    ],
    [
      'https://nosuch.invalid/x /d',
      'ADD failed: Get "https://nosuch.invalid/x": dial tcp: lookup nosuch.invalid: no such host',
    ],
    [
      'http://127.0.0.1:1/x /d',
      'ADD failed: Get "http://127.0.0.1:1/x": dial tcp 127.0.0.1:1: connect: connection refused',
    ],
    ['https://example.com/round /d', 'ADD failed: Get "/round": stopped after 10 redirects'],
  ])('ADD %s', async (what, message) => {
    expect((await add(what)).at(-1)).toEqual({ error: message, errorDetail: { message } })
  })

  test('COPY takes no URL', async () => {
    const lines = await new Builder({ web }).build('', 'FROM scratch\nCOPY https://example.com/a.txt /\n')
    expect(lines.at(-1)?.error).toBe("COPY failed: source can't be a URL for COPY")
  })
})
