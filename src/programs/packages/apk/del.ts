import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { uninstall } from '../files.ts'
import { CONSTRAINT } from './add.ts'
import { type Installed, installedOf, saveWorld, worldOf } from './database.ts'
import { finish, tell } from './report.ts'

export function del(call: Asking, line: Line, names: readonly string[]): number {
  const all = installedOf(call)
  const world = worldOf(call).filter((one) => !names.includes(CONSTRAINT.exec(one)?.[1] ?? one))
  const kept = needed(
    all,
    world.map((one) => CONSTRAINT.exec(one)?.[1] ?? one),
  )
  // What nobody needs any more goes with it, the asking first.
  const gone = [...all.values()].reverse().filter(({ name }) => !kept.has(name))
  const asked = gone.filter(({ name }) => names.includes(name))
  const order = [...asked, ...gone.filter(({ name }) => !names.includes(name))]
  for (const [i, one] of order.entries()) {
    tell(call, line, `(${i + 1}/${order.length}) Purging ${one.name} (${one.version})`)
    uninstall(call, one.files)
    all.delete(one.name)
  }
  saveWorld(call, world)
  return finish(
    call,
    line,
    all,
    order.map(({ name }) => name),
  )
}

/** The world, and all that it needs. */
function needed(all: ReadonlyMap<string, Installed>, world: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    for (const one of all.get(name)?.depends ?? []) visit(one)
  }
  const roots = [
    'alpine-baselayout',
    'alpine-keys',
    'apk-tools',
    'busybox',
    'busybox-binsh',
    'musl-utils',
    'ssl_client',
  ]
  for (const name of [...roots, ...world]) visit(name)
  return found
}
