import { Problem } from '../../../core/problem.ts'
import type { Input } from '../../../http/input.ts'
import { type Platform, parsePlatform } from '../../containers/platform.ts'
import type { ImageCommands } from '../commands.ts'

/** `POST /images/create?fromSrc=-`: the tar is the body. */
export function importRequest({
  query,
  request,
}: Input): ImageCommands['ImageImport'] & { readonly type: 'ImageImport' } {
  return {
    type: 'ImageImport',
    archive: request.body,
    repo: query.get('repo') ?? '',
    tag: query.get('tag') ?? '',
    message: query.get('message') ?? '',
    platform: importPlatform(query.get('platform') ?? ''),
    changes: query.getAll('changes'),
  }
}

function importPlatform(text: string): Platform | undefined {
  if (text === '') return undefined
  const platform = parsePlatform(text)
  if (platform.os !== 'linux') throw new Problem('InvalidParameter', 'operating system is not supported')
  return platform
}
