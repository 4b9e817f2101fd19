import type { EngineVerbs } from '../verb.ts'
import type { NetworkCommands } from './commands.ts'
import { connect } from './connect.ts'
import { create } from './create.ts'
import { disconnect } from './disconnect.ts'
import { prune } from './prune.ts'
import { remove } from './remove.ts'

/** The networks' verbs by command name. */
export const networkVerbs: EngineVerbs<NetworkCommands> = {
  NetworkCreate: create,
  NetworkDelete: remove,
  NetworkConnect: connect,
  NetworkDisconnect: disconnect,
  NetworkPrune: prune,
}
