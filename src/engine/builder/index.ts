/** What makes images: the builder, the client of registries, archives and commits. It comes with the first command of that kind. */
export { decompress } from '../../storage/gzip/decompress.ts'
export { buildVerbs } from '../build/index.ts'
export { follow as buildStream } from '../build/stream.ts'
export { buildRequest } from '../build/wire/build-request.ts'
export { distributionVerbs } from '../distribution/index.ts'
export {
  authCommand,
  createCommand,
  inspectCommand,
  pushCommand,
  searchCommand,
} from '../distribution/requests.ts'
export { importSource } from '../images/import-source.ts'
export { makingVerbs } from '../images/making.ts'
export { save } from '../images/save.ts'
