import type { EngineVerb } from '../verb.ts'
import { notRunning } from './errors.ts'
import { find } from './find.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'
import { badResize } from './stream-errors.ts'

export const resize: EngineVerb<ContainerStreamCommands['ContainerResize']> = (state, { id: ref, columns, rows }) => {
  const { id, flags } = find(state, ref)
  if (flags.pid === 0) throw notRunning(id)
  return [{ type: 'container.resize', id, columns, rows }]
}

/** `h` and `w` of a resize, refused as the daemon refuses them. moby: httputils.Uint32Value */
export function terminalSize(query: URLSearchParams): { readonly columns: number; readonly rows: number } {
  return { rows: side(query, 'h', 'height'), columns: side(query, 'w', 'width') }
}

function side(query: URLSearchParams, key: string, name: 'height' | 'width'): number {
  const text = query.get(key) ?? ''
  if (!/^-?\d+$/.test(text)) throw badResize(name, text, 'invalid syntax')
  const value = Number(text)
  if (value < 0 || text.startsWith('-') || value > 0xffff_ffff) throw badResize(name, text, 'value out of range')
  return value
}
