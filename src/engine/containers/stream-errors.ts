import { Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/logs.go, daemon/attach.go, daemon/top_unix.go, daemon/logger */
export const noStreamChosen = () =>
  new Problem('InvalidParameter', 'Bad parameters: you must choose at least one stream')
export const logsNotReadable = () => new Problem('NotImplemented', 'configured logging driver does not support reading')
export const badDetachKeys = (keys: string) => new Problem('InvalidParameter', `Invalid detach keys (${keys}) provided`)
export const pausedAtAttach = (ref: string) =>
  new Problem('Conflict', `container ${ref} is paused, unpause the container before attach`)
export const restartingAtAttach = (ref: string) =>
  new Problem('Conflict', `container ${ref} is restarting, wait until the container is running`)
export const notWebsocket = () => new Problem('InvalidParameter', 'not websocket protocol')
export const badResize = (side: 'height' | 'width', text: string, why: string) =>
  new Problem('InvalidParameter', `invalid resize ${side} ${JSON.stringify(text)}: ${why}`)
