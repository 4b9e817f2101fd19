import { failing } from '../../http/progress.ts'
import type { EngineEvent } from '../events.ts'
import { canonical, familiar } from '../images/reference.ts'
import { repoReference } from '../images/tag.ts'
import { PREDEFINED } from './arguments.ts'
import type { Build } from './build.ts'
import { aux, short, stream } from './lines.ts'

/** No instruction is left: the image gets its names. */
export function ending({ id, options, stages, consumed }: Build): readonly EngineEvent[] {
  const image = stages.at(-1)?.image ?? ''
  if (image === '') {
    const lines = [failing('No image was generated. Is your Dockerfile empty?')]
    return [{ type: 'build.end', id, image: undefined, lines }]
  }
  const references = options.tags.map((tag) => repoReference(tag, '')!)
  const lines = [
    ...(options.aux ? [aux(image)] : []),
    ...unusedArguments(options.buildArgs, consumed),
    stream(`Successfully built ${short(image)}\n`),
    ...references.map((reference) => stream(`Successfully tagged ${familiar(reference)}\n`)),
  ]
  return [
    ...references.map((reference): EngineEvent => ({ type: 'image.tag', id: image, reference: canonical(reference) })),
    { type: 'build.end', id, image, lines },
  ]
}

function unusedArguments(given: Readonly<Record<string, unknown>>, consumed: readonly string[]): object[] {
  const unused = Object.keys(given)
    .filter((name) => !consumed.includes(name) && !PREDEFINED.has(name))
    .sort()
  return unused.length > 0 ? [stream(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`)] : []
}
