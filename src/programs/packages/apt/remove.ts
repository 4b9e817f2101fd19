import { forgetList, listOf, saveUnpacked, type Unpacked, unpackedOf } from '../dpkg/database.ts'
import { textAt, uninstall } from '../files.ts'
import { lookup } from '../package.ts'
import { agreed, counts, kilobytes, type Run, STATE, tell, wrapped } from './report.ts'
import { LISTS } from './update.ts'

export function remove(run: Run, names: readonly string[]): number {
  const { call, table } = run
  const all = unpackedOf(call)
  tell(run, STATE)
  for (const name of names) {
    if (all.has(name)) continue
    if (textAt(call, LISTS) === undefined || !lookup(table, name)) {
      call.say(`E: Unable to locate package ${name}`)
      return 100
    }
    tell(run, `Package '${name}' is not installed, so not removed\n`)
  }
  const asked = names.flatMap((name) => all.get(name) ?? [])
  const sweeps = names.length === 0 || run.line.has('--auto-remove', '--autoremove')
  const orphans = orphansOf(all, asked)
  const gone = sweeps ? [...asked, ...orphans] : asked
  if (!sweeps && orphans.length > 0)
    tell(
      run,
      `The following packages were automatically installed and are no longer required:\n${wrapped(orphans)}Use 'apt autoremove' to remove them.\n`,
    )
  if (gone.length > 0) tell(run, `The following packages will be REMOVED:\n${wrapped(gone)}`)
  tell(run, counts(0, gone.length))
  if (gone.length === 0) return 0
  tell(
    run,
    `After this operation, ${kilobytes(gone.reduce((sum, { size }) => sum + size * 1024, 0))} disk space will be freed.\n`,
  )
  if (!agreed(run)) return 1
  for (const [i, { name, version }] of gone.entries()) {
    if (i === 0) tell(run, `(Reading database ... ${6000 + all.size * 7} files and directories currently installed.)\n`)
    tell(run, `Removing ${name} (${version}) ...\n`)
    uninstall(call, ownFiles(listOf(call, name)))
    forgetList(call, name)
    all.delete(name)
  }
  saveUnpacked(call, all)
  return 0
}

/** Directories stay. */
const ownFiles = (paths: readonly string[]) =>
  paths.filter((path) => path !== '/.' && !paths.some((other) => other.startsWith(`${path}/`)))

/** What came with others and is needed by none of those that stay. */
function orphansOf(all: ReadonlyMap<string, Unpacked>, gone: readonly Unpacked[]): Unpacked[] {
  const needed = new Set<string>()
  const visit = (name: string) => {
    if (needed.has(name)) return
    needed.add(name)
    for (const one of all.get(name)?.depends ?? []) visit(one)
  }
  for (const one of all.values()) if (!one.automatic && !gone.includes(one)) visit(one.name)
  return [...all.values()].filter((one) => one.automatic && !needed.has(one.name) && !gone.includes(one))
}
