import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer } from '../../http/reply.ts'
import { digestOf } from '../../storage/digest.ts'
import { tarSum } from '../../storage/tar/tar-sum.ts'
import type { LinkV1 } from './chain-v1.ts'
import type { Era } from './commands.ts'
import { bufferedAt, lineV1, progressV1, pushedAt, shortId, timingFrom } from './progress-v1.ts'
import { type AskedV1, quotedBody, type SessionV1, stringsOf } from './session-v1.ts'
import type { Talk, Telling } from './talk.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Images of one push by v1, on their way to one registry. docker: graph/push.go */
export class ImagePushV1 {
  readonly #session: SessionV1
  readonly #endpoint: string
  readonly #timed: boolean
  readonly #telling: Telling

  constructor(session: SessionV1, endpoint: string, era: Era | undefined, telling: Telling) {
    this.#session = session
    this.#endpoint = endpoint
    this.#timed = era === '1.3'
    this.#telling = telling
  }

  /** Looks whether it is there already, which tokens for writing do not let one see, and sends it. */
  *one(link: LinkV1): Talk<void> {
    const { lines } = this.#telling
    const { id } = link
    const looked = yield* this.#ask({ method: 'GET', path: `images/${id}/json` })
    if (looked.status === 200) {
      lines.push({ status: `Image ${shortId(id)} already pushed, skipping` })
      return
    }
    lines.push(lineV1('Pushing', id))
    if (yield* this.#json(link)) {
      lines.push(lineV1('Image already pushed, skipping', id))
      return
    }
    yield* this.#layer(link)
    yield* this.#checksum(link)
    lines.push(lineV1('Image successfully pushed', id))
  }

  /** Whether the registry has the image. */
  *#json({ id, json }: LinkV1): Talk<boolean> {
    const answer = yield* this.#ask({ method: 'PUT', path: `images/${id}/json`, headers: JSON_TYPE, body: json })
    if (answer.status === 200) return false
    if (answer.status === 409 && stringsOf(answer).error === 'Image already exists') return true
    throw new Problem('System', `HTTP code ${answer.status} while uploading metadata: ${quotedBody(answer)}`)
  }

  *#layer({ id, archive, tar }: LinkV1): Talk<void> {
    this.#buffering(id, tar.length)
    const v1 = this.#timed ? 'timed' : 'untimed'
    const answer = yield* this.#ask({
      method: 'PUT',
      path: `images/${id}/layer`,
      headers: { 'content-type': 'application/octet-stream', 'transfer-encoding': 'chunked' },
      body: archive,
      progress: { status: 'Pushing', id, size: tar.length, at: pushedAt(tar), v1 },
    })
    if (answer.status === 200) return
    const words = `Received HTTP code ${answer.status} while uploading layer: ${quotedBody(answer)}`
    throw new Problem('System', words)
  }

  /** At the end the reader is back at the beginning. */
  #buffering(id: string, length: number): void {
    const { known, lines } = this.#telling
    const timing = this.#timed ? timingFrom(known.now) : undefined
    for (const at of [...bufferedAt(length), 0]) lines.push(progressV1('Buffering to disk', id, at, undefined, timing))
  }

  *#checksum({ id, json, archive, tar }: LinkV1): Talk<void> {
    const headers = {
      'x-docker-checksum': tarSum(tar, json),
      'x-docker-checksum-payload': digestOf(json, '\n', archive),
    }
    const answer = yield* this.#ask({ method: 'PUT', path: `images/${id}/checksum`, headers })
    if (answer.status !== 200)
      throw new Problem('System', `HTTP code ${answer.status} while uploading metadata: ${quotedBody(answer)}`)
  }

  /** `path`: the repository's, as the registry calls it. */
  *tag(path: string, tag: string, id: string): Talk<void> {
    const target = `repositories/${path}/tags/${tag}`
    this.#telling.lines.push({ status: `Pushing tag for rev [${shortId(id)}] on {${this.#endpoint}${target}}` })
    const body = utf8(JSON.stringify(id))
    const { status } = yield* this.#ask({ method: 'PUT', path: target, headers: JSON_TYPE, body })
    if (status !== 200 && status !== 201)
      throw new Problem('System', `Internal server error: ${status} trying to push tag ${tag} on ${path}`)
  }

  *#ask(asked: AskedV1): Talk<Answer> {
    return yield* this.#session.askRegistry(this.#endpoint, asked)
  }
}
