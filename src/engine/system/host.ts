/** The machine that the daemon believes to run on. */
export interface Host {
  /** `Name` of /info. */
  readonly name: string
  /** `ID` of /info. */
  readonly id: string
  readonly cpus: number
  /** Bytes. */
  readonly memory: number
  /** Oldest API version that is answered; a real 28.5.2 says 1.24. */
  readonly minApiVersion: string
}

export const engineVersion = '28.5.2'
export const apiVersion = '1.51'

export const defaultHost: Host = {
  name: 'wavetank',
  id: '7b9cbf2c-7d2f-4f44-8c5c-1f4b6f2f9a10',
  cpus: 2,
  memory: 8_589_934_592,
  minApiVersion: '1.10',
}
