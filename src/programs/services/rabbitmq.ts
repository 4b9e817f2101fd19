import { MILLISECOND } from '../../core/instant.ts'
import type { HttpAnswer, HttpRequest } from '../http.ts'
import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { Buffer } from './buffer.ts'
import { entrypoint } from './entrypoint.ts'
import { dashTime, partsOf } from './log-time.ts'
import { type LogLine, type Service, serviceProgram } from './server.ts'
import { RABBITMQ_VERSION } from './versions.ts'
import { receiveHttp } from './web.ts'

const AMQP = 5672
const MANAGEMENT = 15_672

const line = (now: number, pid: string, words: string): LogLine => ({
  text: `${dashTime(now)}.${partsOf(now).microsecond}+00:00 [info] <0.${pid}.0> ${words}`,
})

const BANNER = `
  ##  ##      RabbitMQ ${RABBITMQ_VERSION}
  ##  ##
  ##########  Copyright (c) 2007-2024 Broadcom Inc and/or its subsidiaries
  ######  ##
  ##########  Licensed under the MPL 2.0. Website: https://rabbitmq.com

  Starting broker...`

const service: Service<null, { greeted: boolean }> = {
  name: 'rabbitmq-server',
  boot({ now }) {
    const up = now + 300 * MILLISECOND
    return {
      state: null,
      log: [
        ...BANNER.split('\n').map((text): LogLine => ({ text })),
        line(now, '213', ` Starting RabbitMQ ${RABBITMQ_VERSION} on Erlang 27.3 [jit]`),
        { ...line(up, '594', 'started TCP listener on [::]:5672'), after: 300 * MILLISECOND },
        { text: ' completed with 4 plugins.' },
        line(up, '496', 'Server startup complete; 4 plugins started.'),
        line(up, '496', ' * rabbitmq_prometheus'),
        line(up, '496', ' * rabbitmq_management'),
        line(up, '496', ' * rabbitmq_management_agent'),
        line(up, '496', ' * rabbitmq_web_dispatch'),
      ],
      ports: [AMQP, MANAGEMENT],
    }
  },
  open: () => ({ greeted: false }),
  receive(context, session, bytes) {
    if (session.socket.local.port === MANAGEMENT)
      return receiveHttp(context, session, bytes, (_context, request) => manage(request))
    if (session.data.greeted) return new Uint8Array()
    if (bytes.length < 8) return bytes
    session.data.greeted = true
    if (String.fromCharCode(...bytes.subarray(0, 4)) === 'AMQP') session.send(connectionStart())
    else {
      session.send(Uint8Array.of(65, 77, 81, 80, 0, 0, 9, 1))
      session.close()
    }
    return new Uint8Array()
  },
  signals: {
    [SIGNALS.TERM]: ({ now }) => ({
      log: [
        line(now, '61', 'SIGTERM received - shutting down'),
        line(now, '213', 'Stopping RabbitMQ applications and their dependencies in the following order:'),
        line(now, '213', 'Successfully stopped RabbitMQ and its dependencies'),
      ],
      exit: 0,
    }),
    [SIGNALS.INT]: () => ({}),
    [SIGNALS.HUP]: () => ({}),
  },
}

function manage({ path, headers }: HttpRequest): HttpAnswer {
  const json = { 'content-type': 'application/json', server: 'Cowboy' }
  if (path === '/')
    return {
      body: '<!doctype html><title>RabbitMQ Management</title>\n',
      headers: { ...json, 'content-type': 'text/html' },
    }
  if (headers.get('authorization') === undefined)
    return { status: 401, body: '{"error":"not_authorized","reason":"Not_Authorized"}', headers: json }
  if (path === '/api/overview')
    return {
      body: JSON.stringify({ rabbitmq_version: RABBITMQ_VERSION, cluster_name: 'rabbit@wavetank' }),
      headers: json,
    }
  if (path.startsWith('/api/health/')) return { body: '{"status":"ok"}', headers: json }
  return { status: 404, body: '{"error":"Object Not Found","reason":"Not Found"}', headers: json }
}

/** Connection.Start: method 10.10 with empty server properties. */
function connectionStart(): Uint8Array {
  const long = (words: string) => new Buffer().int32(words.length).text(words).done()
  const payload = new Buffer()
    .int16(10)
    .int16(10)
    .int8(0)
    .int8(9)
    .int32(0)
    .bytes(long('PLAIN AMQPLAIN'))
    .bytes(long('en_US'))
    .done()
  return new Buffer().int8(1).int16(0).int32(payload.length).bytes(payload).int8(206).done()
}

export const rabbitmq: Program = serviceProgram(service)
export const rabbitmqEntrypoint: Program = entrypoint('rabbitmq-entrypoint')
