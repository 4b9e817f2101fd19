import type { Program } from '../kernel/program.ts'
import { apache, apacheForeground } from './apache.ts'
import { busyboxHttpd } from './busybox-httpd.ts'
import { mysqladmin, pgIsready, psql, rabbitmqDiagnostics, redisCli } from './clients.ts'
import { entrypoint } from './entrypoint.ts'
import { node, python } from './language.ts'
import { mysql, mysqlEntrypoint } from './mysql.ts'
import { nginx, nginxEntrypoint } from './nginx.ts'
import { postgres, postgresEntrypoint } from './postgres.ts'
import { rabbitmq, rabbitmqEntrypoint } from './rabbitmq.ts'
import { redis, redisEntrypoint } from './redis.ts'
import { registry, registryEntrypoint } from './registry.ts'
import { ryuk } from './ryuk.ts'

/** The servers, the entrypoint scripts of their images, and their small clients. */
export const services: readonly Program[] = [
  apache,
  apacheForeground,
  busyboxHttpd,
  mysql,
  mysqlEntrypoint,
  mysqladmin,
  nginx,
  node,
  python,
  nginxEntrypoint,
  pgIsready,
  postgres,
  postgresEntrypoint,
  psql,
  rabbitmq,
  rabbitmqDiagnostics,
  rabbitmqEntrypoint,
  redis,
  redisCli,
  redisEntrypoint,
  registry,
  registryEntrypoint,
  ryuk,
  entrypoint('exec-entrypoint'),
  entrypoint('node-entrypoint', {
    argv: (given) => (given[0] === undefined || /^-|\.[cm]?js$/.test(given[0]) ? ['node', ...given] : given),
  }),
  entrypoint('curl-entrypoint', {
    argv: (given) => (given[0] === undefined || /^-|:\/\//.test(given[0]) ? ['curl', ...given] : given),
  }),
]
