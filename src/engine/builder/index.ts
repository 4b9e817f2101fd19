/** What makes images and unpacks archives: the builder, the client of registries, commits. It comes with the first command of that kind. */
export { buildVerbs } from '../build/index.ts'
export { follow as buildStream } from '../build/stream.ts'
export { buildRequest } from '../build/wire/build-request.ts'
export { putArchive } from '../containers/put-archive.ts'
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
