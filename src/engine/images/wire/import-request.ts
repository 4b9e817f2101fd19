import type { Input } from '../../../http/input.ts'
import type { EngineCommand } from '../../commands.ts'

/** `POST /images/create?fromSrc=-`: the tar is the body. */
export function importRequest({ query, request }: Input): EngineCommand {
  return {
    type: 'ImageImport',
    archive: request.body,
    repo: query.get('repo') ?? '',
    tag: query.get('tag') ?? '',
    message: query.get('message') ?? '',
    architecture: (query.get('platform') ?? '').split('/')[1] ?? '',
    changes: query.getAll('changes'),
  }
}
