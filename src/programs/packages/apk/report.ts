import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { type Installed, saveInstalled } from './database.ts'

export function tell(call: Asking, line: Line, text: string): void {
  if (!line.has('-q', '--quiet')) call.out(`${text}\n`)
}

export function finish(
  call: Asking,
  line: Line,
  all: ReadonlyMap<string, Installed>,
  changed: readonly string[],
): number {
  saveInstalled(call, all)
  const triggers = ['busybox', 'ca-certificates'].filter((name) => all.has(name) && changed.length > 0)
  for (const name of triggers)
    if (name === 'busybox' || changed.includes(name))
      tell(call, line, `Executing ${name}-${all.get(name)!.version}.trigger`)
  return over(call, line, all)
}

export function over(call: Asking, line: Line, all: ReadonlyMap<string, Installed>): number {
  const size = [...all.values()].reduce((sum, one) => sum + one.size, 0)
  tell(call, line, `OK: ${Math.round(size / 1024 / 1024)} MiB in ${all.size} packages`)
  return 0
}
