import { supports } from './versions.ts'

const RAW = 'application/vnd.docker.raw-stream'
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream'

/** The Content-Type of output: raw from a terminal, in frames otherwise, which older clients were not told. */
export const streamType = (tty: boolean, version: string): string =>
  tty || !supports(version, 'multiplexedStream') ? RAW : MULTIPLEXED

/** Of a hijacked connection: without an upgrade it is always called raw. */
export const hijackedType = (tty: boolean, version: string) => ({ upgraded: streamType(tty, version), plain: RAW })

export const rawStream = RAW
