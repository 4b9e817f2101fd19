import { optionalJson } from '../../../http/body.ts'
import { decode, map, string, struct } from '../../../http/go-json.ts'
import type { Input } from '../../../http/input.ts'
import type { VolumeRequest } from '../commands.ts'

/** api/types/volume CreateOptions. */
const createOptions = struct('CreateOptions', {
  name: string,
  driver: string,
  driverOpts: map(string),
  labels: map(string),
})

export const volumeRequestOf = (input: Input): VolumeRequest => decode(createOptions, optionalJson(input))
