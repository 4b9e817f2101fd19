import { baseName, dirName } from './paths.ts'
import { tool, usage } from './tool.ts'

const LINE = 'basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...'

export const basename = tool({
  name: 'basename',
  short: 'as:',
  mixed: false,
  usage: LINE,
  run(call) {
    const [path, own] = call.operands
    const several = call.has('a') || call.has('s')
    if (path === undefined || (!several && call.operands.length > 2)) {
      usage(call, LINE)
      return 1
    }
    const suffix = call.value('s') ?? (several ? '' : (own ?? ''))
    for (const each of several ? call.operands : [path]) {
      const name = baseName(each)
      call.out(`${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`)
    }
    return undefined
  },
})

export const dirname = tool({
  name: 'dirname',
  short: '',
  usage: 'dirname FILENAME',
  run(call) {
    const [path] = call.operands
    if (path === undefined || call.operands.length > 1) {
      usage(call, 'dirname FILENAME')
      return 1
    }
    call.out(`${dirName(path)}\n`)
    return undefined
  },
})
