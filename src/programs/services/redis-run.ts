import { COMMANDS } from './redis-commands.ts'
import { Call, type Client, type Database } from './redis-database.ts'
import { array, bulk, error, integer, OK, type Reply, status } from './resp.ts'
import type { Context } from './server.ts'

export interface Outcome {
  readonly reply: readonly Reply[]
  readonly close?: boolean
}

const one = (reply: Reply): Outcome => ({ reply: [reply] })

/** Runs a command of a client. */
export function run(context: Context<Database>, client: Client, argv: readonly string[]): Outcome {
  context.state.commands++
  const name = argv[0]!.toUpperCase()
  if (name === 'QUIT') return { reply: [OK], close: true }
  if (!client.authenticated && name !== 'AUTH' && name !== 'HELLO') return one(error('NOAUTH Authentication required.'))
  if (name === 'MULTI') return one(multi(client))
  if (name === 'EXEC' || name === 'DISCARD') return one(finish(context, client, name))
  if (name === 'SUBSCRIBE') return { reply: argv.slice(1).map((channel) => subscribe(client, channel)) }
  if (name === 'PUBLISH') return one(integer(0))
  const refusal = check(argv)
  if (refusal) return one(refusal)
  if (client.queue) {
    client.queue.push(argv)
    return one(status('QUEUED'))
  }
  return one(perform(context, client, argv))
}

function check(argv: readonly string[]): Reply | undefined {
  const found = COMMANDS[argv[0]!.toUpperCase()]
  if (!found) {
    const given = argv.slice(1).map((argument) => `'${argument}' `)
    return error(`ERR unknown command '${argv[0]}', with args beginning with: ${given.join('')}`)
  }
  const fits = found.arity < 0 ? argv.length >= -found.arity : argv.length === found.arity
  return fits ? undefined : error(`ERR wrong number of arguments for '${argv[0]!.toLowerCase()}' command`)
}

function perform(context: Context<Database>, client: Client, argv: readonly string[]): Reply {
  try {
    return COMMANDS[argv[0]!.toUpperCase()]!.command(new Call(context, client, argv.slice(1)))
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'kind' in thrown) return thrown as Reply
    throw thrown
  }
}

function multi(client: Client): Reply {
  if (client.queue) return error('ERR MULTI calls can not be nested')
  client.queue = []
  return OK
}

function finish(context: Context<Database>, client: Client, name: 'EXEC' | 'DISCARD'): Reply {
  const { queue } = client
  client.queue = undefined
  if (!queue) return error(`ERR ${name} without MULTI`)
  return name === 'DISCARD' ? OK : array(queue.map((argv) => perform(context, client, argv)))
}

function subscribe(client: Client, channel: string): Reply {
  if (!client.subscribed.includes(channel)) client.subscribed.push(channel)
  return array([bulk('subscribe'), bulk(channel), integer(client.subscribed.length)])
}
