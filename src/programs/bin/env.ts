import { become } from './exec.ts'
import { tool } from './tool.ts'

export const env = tool({
  name: 'env',
  short: 'i0u:',
  long: { 'ignore-environment': 'i', 'unset:': 'u', null: '0' },
  mixed: false,
  usage: 'env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]',
  run(call) {
    const operands = [...call.operands]
    const clean = operands[0] === '-'
    if (clean) operands.shift()
    const environment = new Map(clean || call.has('i') ? [] : call.process.env)
    for (const name of call.values('u')) environment.delete(name)
    while (operands[0]?.includes('=')) {
      const [assignment] = operands.splice(0, 1)
      const at = assignment!.indexOf('=')
      environment.set(assignment!.slice(0, at), assignment!.slice(at + 1))
    }
    if (operands.length > 0) return become(call, operands, environment)
    const end = call.has('0') ? '\0' : '\n'
    for (const [name, value] of environment) call.out(`${name}=${value}${end}`)
  },
})

export const printenv = tool({
  name: 'printenv',
  short: '',
  mixed: false,
  usage: 'printenv [VARIABLE]...',
  run(call) {
    const { env } = call.process
    if (call.operands.length === 0) for (const [name, value] of env) call.out(`${name}=${value}\n`)
    let code = 0
    for (const name of call.operands) {
      const value = env.get(name)
      if (value === undefined) code = 1
      else call.out(`${value}\n`)
    }
    return code
  },
})
