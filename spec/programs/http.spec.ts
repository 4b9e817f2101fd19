import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerHttp, httpBytes, parseRequest, unchunk } from '../../src/programs/http.ts'
import { concat, text, utf8 } from '../../src/programs/kernel/bytes.ts'

describe('requests', () => {
  it('are read whole or not at all, and leave the rest', () => {
    const bytes = utf8('POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET')
    for (let size = 0; size < bytes.length - 3; size++) expect(parseRequest(bytes.subarray(0, size))).toBeUndefined()
    const { request, rest } = parseRequest(bytes)!
    expect(request).toMatchObject({ method: 'POST', target: '/a?b=c', path: '/a', keepAlive: true })
    expect(request.headers.get('host')).toBe('x')
    expect(text(request.body)).toBe('abc')
    expect(text(rest)).toBe('GET')
  })

  it.each([
    ['HTTP/1.1', '', true],
    ['HTTP/1.1', 'Connection: close\r\n', false],
    ['HTTP/1.0', '', false],
    ['HTTP/1.0', 'Connection: keep-alive\r\n', true],
  ])('%s with %j keeps the connection: %s', (version, header, keeps) => {
    expect(parseRequest(utf8(`GET / ${version}\r\n${header}\r\n`))?.request.keepAlive).toBe(keeps)
  })

  it('may end their lines with a newline only', () => {
    expect(parseRequest(utf8('GET / HTTP/1.1\nA: b\n\n'))?.request.headers.get('a')).toBe('b')
  })
})

describe('chunked bodies', () => {
  it('are joined, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 }), { size: 'max', maxLength: 50 }), (chunks) => {
        const sent = concat(
          ...chunks.flatMap((chunk) => [utf8(`${chunk.length.toString(16)}\r\n`), chunk, utf8('\r\n')]),
          utf8('0\r\n\r\nrest'),
        )
        const { bytes, rest } = unchunk(sent)!
        expect([...bytes]).toEqual(chunks.flatMap((chunk) => [...chunk]))
        expect(text(rest)).toBe('rest')
      }),
    )
  })
})

describe('answers', () => {
  it('have a length and a type', () => {
    expect(text(httpBytes({ body: 'é' }))).toBe(
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\né',
    )
    expect(text(httpBytes({ status: 204 }))).toBe('HTTP/1.1 204 No Content\r\n\r\n')
    expect(text(httpBytes({ body: 'abc' }, 'HEAD'))).toMatch(/Content-Length: 3\r\n[\s\S]*\r\n\r\n$/)
  })

  it('do not depend on how the requests were cut', () => {
    const bytes = utf8(
      'GET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nGET /c HTTP/1.1\r\n\r\n',
    )
    const respond = ({ path, body }: { path: string; body: Uint8Array }) => ({ body: `${path}${text(body)}` })
    const whole = answerHttp(new Uint8Array(), bytes, respond)
    expect(text(whole.answer).match(/\/[abc](hi)?/g)).toEqual(['/a', '/bhi', '/c'])
    fc.assert(
      fc.property(fc.nat(bytes.length), (cut) => {
        const first = answerHttp(new Uint8Array(), bytes.subarray(0, cut), respond)
        const second = answerHttp(first.rest, bytes.subarray(cut), respond)
        expect(text(concat(first.answer, second.answer))).toBe(text(whole.answer))
      }),
    )
  })
})
