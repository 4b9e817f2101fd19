import { groupNamed, groups, userNamed, users } from '../accounts.ts'
import { decode } from '../text/codec.ts'
import type { Call } from './call.ts'
import { becomeFile } from './exec.ts'
import { gather } from './gather.ts'
import { linesOf } from './lines.ts'
import { baseName } from './paths.ts'
import { tool, usage } from './tool.ts'

/** The lines of a file of accounts; none when it is not there. */
function rows(call: Call<unknown>, path: string): string[] {
  try {
    return decode(call.files.readFile(call.caller, path))
      .split('\n')
      .filter((line) => line !== '')
  } catch {
    return []
  }
}

const save = (call: Call<unknown>, path: string, lines: readonly string[], mode = 0o644): boolean =>
  call.attempt(() => {
    call.files.writeFile(call.caller, path, lines.map((line) => `${line}\n`).join(''), mode)
    return true
  }) === true

const append = (call: Call<unknown>, path: string, line: string, mode?: number) =>
  save(call, path, [...rows(call, path), line], mode)

/** The lowest number from `from` on that nobody has; system accounts stay below 1000. */
function freeId(taken: readonly number[], system: boolean): number {
  let id = system ? 100 : 1000
  while (taken.includes(id)) id++
  return id
}

function addMember(call: Call<unknown>, group: string, user: string): void {
  const lines = rows(call, '/etc/group').map((line) => {
    const [name, password, gid, members = ''] = line.split(':')
    if (name !== group) return line
    const all = members.split(',').filter((member) => member !== '' && member !== user)
    return [name, password, gid, [...all, user].join(',')].join(':')
  })
  save(call, '/etc/group', lines)
}

const USER_LINE = 'adduser [OPTIONS] USER [GROUP]'

export const adduser = tool({
  name: 'adduser',
  short: 'h:g:s:G:SDHu:k:',
  long: {
    'home:': 'h',
    'gecos:': 'g',
    'shell:': 's',
    'ingroup:': 'G',
    system: 'S',
    'disabled-password': 'D',
    'no-create-home': 'H',
    'uid:': 'u',
    'empty-password': 'D',
  },
  usage: USER_LINE,
  run(call) {
    const { kernel, process } = call
    const [name, group] = call.operands
    if (name === undefined) {
      usage(call, USER_LINE)
      return 1
    }
    if (process.uid !== 0) {
      call.fail('must be superuser')
      return 1
    }
    if (group !== undefined) return joinGroup(call, name, group)
    if (userNamed(kernel, process, name)) {
      call.fail(`user '${name}' in use`)
      return 1
    }
    return create(call, name)
  },
})

function joinGroup(call: Call<undefined>, name: string, group: string): number {
  const { kernel, process } = call
  if (!userNamed(kernel, process, name)) {
    call.fail(`unknown user ${name}`)
    return 1
  }
  if (!groupNamed(kernel, process, group)) {
    call.fail(`unknown group ${group}`)
    return 1
  }
  addMember(call, group, name)
  return 0
}

function create(call: Call<undefined>, name: string): number {
  const { kernel, process, files, caller } = call
  const system = call.has('S')
  const uid = Number(
    call.value('u') ??
      freeId(
        users(kernel, process).map((user) => user.uid),
        system,
      ),
  )
  const groupName = call.value('G')
  const own = groupName === undefined ? undefined : groupNamed(kernel, process, groupName)
  if (groupName !== undefined && !own) {
    call.fail(`unknown group ${groupName}`)
    return 1
  }
  let gid = own?.gid ?? uid
  if (!own && system) gid = groupNamed(kernel, process, 'nogroup')?.gid ?? 65533
  else if (!own) append(call, '/etc/group', `${name}:x:${gid}:`)
  const home = call.value('h') ?? `/home/${name}`
  const shell = call.value('s') ?? (system ? '/bin/false' : '/bin/sh')
  append(call, '/etc/passwd', `${name}:x:${uid}:${gid}:${call.value('g') ?? 'Linux User,,,'}:${home}:${shell}`)
  append(call, '/etc/shadow', `${name}:!:${Math.floor(kernel.now / 86_400_000_000)}:0:99999:7:::`, 0o640)
  if (own) addMember(call, own.name, name)
  if (!call.has('H') && !files.lookup(home))
    call.attempt(() => {
      files.mkdirp(caller, home, 0o755)
      files.chown(caller, home, uid, gid)
    })
  return 0
}

export const addgroup = tool({
  name: 'addgroup',
  short: 'g:S',
  long: { 'gid:': 'g', system: 'S' },
  usage: 'addgroup [-g GID] [-S] [USER] GROUP',
  run(call) {
    const { kernel, process } = call
    const [first, second] = call.operands
    if (first === undefined) {
      usage(call, 'addgroup [-g GID] [-S] [USER] GROUP')
      return 1
    }
    if (second !== undefined) return joinGroup(call, first, second)
    if (groupNamed(kernel, process, first)) {
      call.fail(`group '${first}' in use`)
      return 1
    }
    const gid = Number(
      call.value('g') ??
        freeId(
          groups(kernel, process).map((group) => group.gid),
          call.has('S'),
        ),
    )
    append(call, '/etc/group', `${first}:x:${gid}:`)
    return 0
  },
})

function drop(call: Call<undefined>, path: string, name: string): void {
  save(
    call,
    path,
    rows(call, path).filter((line) => !line.startsWith(`${name}:`)),
  )
}

function dropMember(call: Call<undefined>, user: string, group?: string): void {
  const lines = rows(call, '/etc/group').map((line) => {
    const [name, password, gid, members = ''] = line.split(':')
    if (group !== undefined && name !== group) return line
    return [
      name,
      password,
      gid,
      members
        .split(',')
        .filter((member) => member !== user)
        .join(','),
    ].join(':')
  })
  save(call, '/etc/group', lines)
}

export const deluser = tool({
  name: 'deluser',
  short: '',
  long: { 'remove-home': 'r' },
  usage: 'deluser [--remove-home] USER',
  run(call) {
    const [name] = call.operands
    const user = name === undefined ? undefined : userNamed(call.kernel, call.process, name)
    if (name === undefined || !user) {
      call.fail(`unknown user ${name ?? ''}`)
      return 1
    }
    for (const path of ['/etc/passwd', '/etc/shadow', '/etc/group']) if (call.files.lookup(path)) drop(call, path, name)
    dropMember(call, name)
    return 0
  },
})

export const delgroup = tool({
  name: 'delgroup',
  short: '',
  usage: 'delgroup [USER] GROUP',
  run(call) {
    const [first = '', second] = call.operands
    const group = second ?? first
    if (!groupNamed(call.kernel, call.process, group)) {
      call.fail(`unknown group ${group}`)
      return 1
    }
    if (second === undefined) drop(call, '/etc/group', group)
    else dropMember(call, first, second)
    return 0
  },
})

/** Passwords are kept as they come: nobody logs in here. */
export const chpasswd = gather({
  name: 'chpasswd',
  short: 'emc:R:',
  usage: 'chpasswd [-e] [-c ALG]',
  inputs: () => ['-'],
  done(call, [bytes]) {
    for (const line of bytes ? linesOf(bytes) : []) {
      const [name = '', password] = line.split(':')
      if (password === undefined) {
        call.fail('missing new password')
        return 1
      }
      if (!userNamed(call.kernel, call.process, name)) {
        call.fail(`unknown user ${name}`)
        return 1
      }
      call.kernel.puts(call.process, 2, `chpasswd: password for '${name}' changed\n`)
    }
    return undefined
  },
})

export const passwd = tool({
  name: 'passwd',
  short: 'a:dlu',
  usage: 'passwd [-a ALG] [-dlu] [USER]',
  run: (call) => call.fail('no changes made'),
})

export const su = tool({
  name: 'su',
  short: 'lmps:c:',
  usage: 'su [-lmp] [-s SH] [-] [USER [FILE ARGS]]',
  run(call) {
    const { kernel, process } = call
    const operands = [...call.operands]
    const login = call.has('l') || operands[0] === '-'
    if (operands[0] === '-') operands.shift()
    const name = operands.shift() ?? 'root'
    const user = userNamed(kernel, process, name)
    if (!user) {
      call.fail(`unknown user ${name}`)
      return 1
    }
    if (process.uid !== 0) {
      call.fail('incorrect password')
      return 1
    }
    // `su user -c command`
    const at = operands.indexOf('-c')
    const command = call.value('c') ?? (at >= 0 ? operands[at + 1] : undefined)
    const rest = at >= 0 ? operands.filter((_, index) => index !== at && index !== at + 1) : operands
    const env = new Map(
      login
        ? [
            ['PATH', process.env.get('PATH') ?? '/bin'],
            ['TERM', process.env.get('TERM') ?? 'linux'],
          ]
        : process.env,
    )
    for (const [key, value] of [
      ['HOME', user.home],
      ['SHELL', user.shell],
      ['USER', name],
      ['LOGNAME', name],
    ] as const)
      env.set(key, value)
    Object.assign(process, {
      uid: user.uid,
      gid: user.gid,
      groups: groups(kernel, process)
        .filter(({ members }) => members.includes(name))
        .map(({ gid }) => gid),
    })
    if (login) call.attempt(() => kernel.chdir(process, user.home))
    const shell = call.value('s') ?? (user.shell || '/bin/sh')
    becomeFile(
      call,
      shell,
      [`${login ? '-' : ''}${baseName(shell)}`, ...(command === undefined ? [] : ['-c', command]), ...rest],
      env,
    )
    return undefined
  },
})

export const getent = tool({
  name: 'getent',
  short: 's:',
  usage: 'getent DATABASE [KEY]...',
  run(call) {
    const [database, ...keys] = call.operands
    const path = {
      passwd: '/etc/passwd',
      group: '/etc/group',
      hosts: '/etc/hosts',
      shadow: '/etc/shadow',
      services: '/etc/services',
    }[database ?? '']
    if (path === undefined) {
      call.kernel.puts(call.process, 2, `Unknown database: ${database ?? ''}\n`)
      return 1
    }
    const lines = rows(call, path)
    const separator = database === 'hosts' || database === 'services' ? /\s+/ : /:/
    if (keys.length === 0) for (const line of lines) call.out(`${line}\n`)
    for (const key of keys) {
      const found = lines.find((line) => {
        const fields = line.split(separator)
        return database === 'hosts' ? fields.includes(key) : fields[0] === key || fields[2] === key
      })
      if (found === undefined) return 2
      const [address = '', ...names] = found.split(separator)
      call.out(`${database === 'hosts' ? `${address.padEnd(15)} ${names.join(' ')}` : found}\n`)
    }
    return 0
  },
})
