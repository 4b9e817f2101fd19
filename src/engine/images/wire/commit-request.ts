import { Problem } from '../../../core/problem.ts'
import { decode } from '../../../http/go-json.ts'
import { readJson } from '../../../http/go-json-text.ts'
import type { Input } from '../../../http/input.ts'
import { queryFlag } from '../../../http/query.ts'
import type { EngineCommand } from '../../commands.ts'
import { config } from '../../containers/config.ts'
import { supports } from '../../versions.ts'

/** `POST /commit`: the container stands in the query, a config may stand in the body. */
export function commitRequest({ query, request, version }: Input): EngineCommand {
  const text = (key: string) => query.get(key) ?? ''
  return {
    type: 'ImageCommit',
    container: text('container'),
    pause: text('pause') === '' ? supports(version, 'commitPause') : queryFlag(query, 'pause'),
    repo: text('repo'),
    tag: text('tag'),
    comment: text('comment'),
    author: text('author'),
    changes: query.getAll('changes'),
    config: bodyConfig(request.body),
  }
}

function bodyConfig(body: Uint8Array) {
  if (body.length === 0) return null
  const read = readJson(new TextDecoder().decode(body))
  if ('error' in read) throw new Problem('InvalidParameter', `invalid JSON: ${read.error}`)
  return read.value === null ? null : decode(config, read.value)
}
