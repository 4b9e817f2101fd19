import { Problem } from '../../core/problem.ts'

/** `0-2,4` of what the machine has. moby: sysinfo.IsCpusetCpusAvailable */
export function verifyCpuset(text: string, field: string, things: string, count: number): void {
  if (text === '') return
  const wanted = parse(text, field)
  const available = count === 1 ? '0' : `0-${count - 1}`
  if (wanted.some((n) => n >= count))
    throw new Problem(
      'InvalidParameter',
      `Requested ${things} are not available - requested ${text}, available: ${available}`,
    )
}

function parse(text: string, field: string): readonly number[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const match = /^(\d+)(?:-(\d+))?$/.exec(part)
      const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])]
      if (!match || last < first)
        throw new Problem('InvalidParameter', `Invalid value ${text} for ${field}: invalid format: ${text}`)
      return [first, last]
    })
}
