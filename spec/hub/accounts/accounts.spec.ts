import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, type Said } from '../ask.ts'

const USERS = 'https://index.docker.io/v1/users/'
const CAROL = { username: 'carol', password: 'secret1', email: 'c@x.io' }

let tank: Wavetank
const world = (hub = {}) => {
  tank = createWavetank({
    clock: 'manual',
    hub: { accounts: [{ name: 'alice', password: 'secret1', email: 'a@x.io' }], ...hub },
  })
}
beforeEach(() => world())

const register = (body: unknown): Said =>
  ask(tank, 'POST', USERS, { body: typeof body === 'string' ? body : JSON.stringify(body) })
const basic = (name: string, password = 'secret1') => ({ authorization: `Basic ${btoa(`${name}:${password}`)}` })
const login = (name: string, password?: string): Said => ask(tank, 'GET', USERS, { headers: basic(name, password) })
const update = (name: string, body: unknown, headers = basic(name)): Said =>
  ask(tank, 'PUT', `${USERS}${name}/`, { headers, body: JSON.stringify(body) })
const told = ({ status, text }: Said) => [status, text]

describe('to register', () => {
  it('makes an account that is inactive until the link of its e-mail was fetched', () => {
    expect(told(register({ ...CAROL, auth: '' }))).toEqual([201, '"User Created"'])
    expect(told(login('carol'))).toEqual([403, '"Account is not Active"'])
    const [mail] = tank.mailbox
    expect(mail).toMatchObject({ to: 'c@x.io', account: 'carol' })
    expect(mail!.text).toContain(mail!.link)
    expect(ask(tank, 'GET', mail!.link).status).toBe(200)
    expect(told(login('carol'))).toEqual([200, '"OK"'])
    expect(ask(tank, 'GET', mail!.link).status).toBe(200)
    expect(ask(tank, 'GET', 'https://hub.docker.com/account/confirm-email/0/').status).toBe(404)
  })

  it('makes an active account at once where the world is like that', () => {
    world({ confirmAtOnce: true })
    expect(register(CAROL).status).toBe(201)
    expect([login('carol').status, tank.mailbox]).toEqual([200, []])
  })

  it.each([
    ['no JSON', 'username=carol', 'Error Decoding JSON'],
    ['no object', '[]', 'Error Decoding JSON'],
    ['nothing', '', 'Error Decoding JSON'],
    [
      'a name that is short',
      { ...CAROL, username: 'Da' },
      'Wrong username format (it has to match "^[a-z0-9_]{4,30}$")',
    ],
    ['a name that is long', { ...CAROL, username: 'a'.repeat(31) }, expect.stringContaining('Wrong username format')],
    ['a name with a hyphen', { ...CAROL, username: 'ca-rol' }, expect.stringContaining('Wrong username format')],
    ['a name that is Docker’s', { ...CAROL, username: 'library' }, 'Username is not allowed'],
    ['a name that is taken', { ...CAROL, username: 'alice' }, 'Username or email already exists'],
    ['an address that is taken', { ...CAROL, email: 'A@x.io' }, 'email is already associated with an account'],
    ['a short password', { ...CAROL, password: '1234' }, expect.stringContaining('Password too short')],
    ['no address', { ...CAROL, email: 'here' }, 'Wrong email format'],
    ['without a name', { password: 'secret1', email: 'c@x.io' }, 'Missing username'],
    ['without a password', { username: 'carol', email: 'c@x.io' }, 'Missing password'],
    ['without an address', { username: 'carol', password: 'secret1' }, 'Missing email'],
    ['a number for a password', { ...CAROL, password: 12345 }, 'Wrong password: it has to be a string'],
  ])('is refused with %s', (_, body, words) => {
    const said = register(body)
    expect([said.status, JSON.parse(said.text)]).toEqual([400, words])
    expect([login('carol').status, tank.mailbox]).toEqual([401, []])
  })

  it('of a taken name has the very bytes that docker compares, whatever else was sent', () => {
    const taken = '"Username or email already exists"'
    expect(register({ ...CAROL, username: 'alice' }).text).toBe(taken)
    expect(register({ username: 'alice' }).text).toBe(taken)
  })

  it('takes names and passwords at their limits', () => {
    for (const username of ['abcd', '____', 'a'.repeat(30)])
      expect(register({ username, password: '12345', email: `${username}@x.io` }).status).toBe(201)
  })
})

describe('to log in', () => {
  it('asks for what nobody said, and refuses what is wrong', () => {
    const said = ask(tank, 'GET', USERS)
    expect([...told(said), said.headers['www-authenticate']]).toEqual([401, '""', 'Basic realm="auth required",Token'])
    expect([login('alice', 'wrong').status, login('nobody').status]).toEqual([401, 401])
    expect(ask(tank, 'GET', USERS, { headers: { authorization: 'Token x' } }).status).toBe(401)
    expect(login('alice')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', vary: 'Accept' },
    })
  })
})

describe('to update', () => {
  it('puts another password in place of the old one', () => {
    expect(told(update('alice', { password: 'other1' }))).toEqual([204, ''])
    expect([login('alice').status, login('alice', 'other1').status]).toEqual([401, 200])
  })

  it('adds an address, which is to be confirmed, and keeps the old one', () => {
    expect(update('alice', { email: 'alice@y.io' }).status).toBe(204)
    const emails = () => tank.hub.store.state.accounts.get('alice')!.emails
    expect(emails()).toEqual([
      { address: 'a@x.io', verified: true },
      { address: 'alice@y.io', verified: false },
    ])
    expect(login('alice').status).toBe(200)
    ask(tank, 'GET', tank.mailbox[0]!.link)
    expect(emails().every(({ verified }) => verified)).toBe(true)
  })

  it('is for oneself, active, with fields that are right', () => {
    register(CAROL)
    const refusals = [
      update('alice', {}, basic('alice', 'wrong')),
      update('carol', {}),
      update('alice', {}, basic('carol')),
      update('nobody', {}, basic('alice')),
      update('alice', { password: '1234' }),
      update('alice', { email: 'c@x.io' }),
      update('alice', []),
    ]
    expect(refusals.map(({ status }) => status)).toEqual([401, 403, 403, 404, 400, 400, 400])
    ask(tank, 'GET', tank.mailbox[0]!.link)
    expect(update('alice', {}, basic('carol')).status).toBe(403)
  })
})

describe('a fork', () => {
  it('has its own accounts and mails', () => {
    register(CAROL)
    const other = tank.fork()
    ask(other, 'GET', other.mailbox[0]!.link)
    expect(login('carol').status).toBe(403)
    expect(ask(other, 'GET', USERS, { headers: basic('carol') }).status).toBe(200)
  })
})
