import { Failure } from './failure.ts'
import type { Shell, Variable } from './shell.ts'

const UNSET: Variable = { value: undefined, exported: false, readOnly: false }

/** Declares or assigns; what is not given stays as it was. Refuses to assign what is read only. */
export function declare(shell: Shell, name: string, change: Partial<Variable>): void {
  const old = shell.variables.get(name) ?? UNSET
  if (old.readOnly && change.value !== undefined) throw new Failure(`${name}: is read only`)
  const exported = old.exported || (change.value !== undefined && shell.options.a === true)
  put(shell, name, { ...old, exported, ...change })
}

/** Every change of the variables goes through here, so that it is known how much they hold. */
export function put(shell: Shell, name: string, variable: Variable | undefined): void {
  shell.held += (variable?.value?.length ?? 0) - (shell.variables.get(name)?.value?.length ?? 0)
  if (variable) shell.variables.set(name, variable)
  else shell.variables.delete(name)
}

export function assign(shell: Shell, name: string, value: string): void {
  const old = shell.variables.get(name)
  if (old?.readOnly) throw new Failure(`${name}: is read only`)
  const exported = old?.exported === true || shell.options.a === true
  put(shell, name, { value, exported, readOnly: false })
  if (name === 'OPTIND') shell.optionOffset = 0
}

export function unset(shell: Shell, name: string): void {
  if (shell.variables.get(name)?.readOnly) throw new Failure(`${name}: is read only`)
  put(shell, name, undefined)
}

/** The value of a variable, computed ones included; not of `$1` and the like. */
export function valueFor(shell: Shell, name: string): string | undefined {
  if (name === 'LINENO') return String(shell.line)
  return shell.variables.get(name)?.value
}

/** What a program gets as its environment. */
export function environment(shell: Shell, extra: readonly (readonly [string, string])[] = []): Map<string, string> {
  const env = new Map<string, string>()
  for (const [name, { value, exported }] of shell.variables) if (exported && value !== undefined) env.set(name, value)
  for (const [name, value] of extra) env.set(name, value)
  return env
}
