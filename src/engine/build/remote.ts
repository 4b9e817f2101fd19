import { Problem } from '../../core/problem.ts'
import { progressBar } from '../../http/progress.ts'
import { type Download, download, type Web } from '../web.ts'
import type { Source } from './context.ts'
import { isUrl } from './download.ts'

const ACCEPTED = /(?:application\/(?:(?:x-)?tar|octet-stream|(?:x-)?(?:gzip|bzip2?|xz)))|(?:text\/plain)/
const GIT = /^(?:git:\/\/|github\.com\/|git@)|^https?:\/\/.*\.git(?:#.+)?$/

/** moby: builder/remotecontext/detect.go and remote.go */
export function remoteContext(web: Web, remote: string): Source {
  if (remote === 'client-session')
    throw new Problem(
      'InvalidParameter',
      'experimental session with v1 builder is no longer supported, use builder version v2 (BuildKit) instead',
    )
  if (GIT.test(remote)) throw noGit
  if (!isUrl(remote)) throw new Problem('System', `remoteURL (${remote}) could not be recognized as URL`)
  const got = downloadOf(web, remote)
  const isText = typeOf(got, remote) === 'text/plain'
  return {
    archive: got.body,
    text: isText ? new TextDecoder().decode(got.body) : undefined,
    lines: downloading(got, remote, isText),
  }
}

/** An engine on a machine where nobody has installed git. */
const noGit = new Problem(
  'System',
  'failed to init repo at /var/lib/docker/tmp/docker-build-git: : exec: "git": executable file not found in $PATH',
)

function downloadOf(web: Web, remote: string): Download {
  try {
    return download(web, remote)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem(problem.kind, `error downloading remote context ${remote}: ${problem.message}`)
  }
}

function typeOf({ headers, body }: Download, remote: string): string {
  const told = headers['content-type'] ?? ''
  const failed = (why: string) => new Problem('System', `error detecting content type for remote ${remote}: ${why}`)
  if (body.length === 0) throw failed('empty response')
  const type = told === '' || told === 'application/octet-stream' ? detected(body) : told
  const accepted = ACCEPTED.exec(type)?.[0]
  if (accepted === undefined) throw failed(`unsupported Content-Type ${JSON.stringify(told || type)}`)
  return accepted
}

/** As net/http.DetectContentType: binary where a control character says so. */
function detected(body: Uint8Array): string {
  if (body[0] === 0x1f && body[1] === 0x8b) return 'application/x-gzip'
  const isBinary = body.subarray(0, 512).some((byte) => byte <= 8 || byte === 11 || (byte >= 14 && byte <= 26))
  return isBinary ? 'application/octet-stream' : 'text/plain'
}

/** A text is read to its end, which is told; an uncompressed archive is read before anybody looks. */
function downloading({ body }: Download, remote: string, isText: boolean): object[] {
  const progress = {
    status: remote,
    progressDetail: { current: body.length },
    progress: progressBar(body.length, 0),
    id: 'Downloading context',
  }
  if (isText) return [progress, {}]
  return body[0] === 0x1f && body[1] === 0x8b ? [progress] : []
}
