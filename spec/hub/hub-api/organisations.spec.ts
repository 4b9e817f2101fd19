import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask } from '../ask.ts'
import { API, type Call, caller, logIn, pull, push } from './client.ts'

let tank: Wavetank
/** Owner, editor, plain member, member of a team, and somebody else. */
let olga: Call
let ed: Call
let mia: Call
let tom: Call
let eve: Call
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: {
      accounts: ['olga', 'ed', 'mia', 'tom', 'eve'].map((name) => ({ name, password: 'secret' })),
      organisations: [
        {
          name: 'acme',
          fullName: 'Acme Corporation',
          members: { olga: 'owner', ed: 'editor', mia: 'member', tom: 'member' },
          teams: [{ name: 'developers', members: ['tom'], repositories: { api: 'write', web: 'read' } }],
        },
      ],
      repositories: [
        { name: 'acme/api', visibility: 'private' },
        { name: 'acme/web', visibility: 'private' },
        { name: 'acme/own', visibility: 'private' },
      ],
    },
  })
  ;[olga, ed, mia, tom, eve] = ['olga', 'ed', 'mia', 'tom', 'eve'].map((name) => logIn(tank, name)) as Call[] as [
    Call,
    Call,
    Call,
    Call,
    Call,
  ]
})

const REPO = '/v2/namespaces/acme/repositories'
const ORG = '/v2/orgs/acme'
const namesOf = ({ json }: ReturnType<Call>, field = 'name') =>
  json.results.map((one: Record<string, string>) => one[field])

describe('rights in an organisation', () => {
  it('are of roles and of teams', () => {
    const permissions = (call: Call, name: string) => {
      const { read, write, admin } = call('GET', `${REPO}/${name}`).json.permissions ?? {}
      return [read, write, admin].map((one) => (one ? 'x' : '-')).join('')
    }
    expect(['api', 'web', 'own'].map((name) => permissions(olga, name))).toEqual(['xxx', 'xxx', 'xxx'])
    expect(['api', 'web', 'own'].map((name) => permissions(ed, name))).toEqual(['xxx', 'xxx', 'xxx'])
    expect(['api', 'web', 'own'].map((name) => permissions(tom, name))).toEqual(['xx-', 'x--', '---'])
    expect(['api', 'web', 'own'].map((name) => permissions(mia, name))).toEqual(['---', '---', '---'])
    expect(namesOf(tom('GET', `${REPO}?ordering=name`))).toEqual(['api', 'web'])
    expect(namesOf(mia('GET', REPO))).toEqual([])
  })

  it('hold in the registry', () => {
    expect(push(tank, 'olga', 'acme/api', '1').status).toBe(201)
    expect(push(tank, 'tom', 'acme/api', '2').status).toBe(201)
    expect(push(tank, 'ed', 'acme/new', '1').status).toBe(201)
    expect(push(tank, 'tom', 'acme/web', '1').status).toBe(401)
    expect(push(tank, 'mia', 'acme/newer', '1').status).toBe(401)
    expect([pull(tank, 'tom', 'acme/api', '1').status, pull(tank, 'mia', 'acme/api', '1').status]).toEqual([200, 401])
    expect(olga('GET', `${REPO}/api/tags/2`).json.last_updater_username).toBe('tom')
  })

  it('are to create repositories for owners and editors', () => {
    expect([olga, ed, mia, eve].map((call, i) => call('POST', REPO, { name: `app${i}` }).status)).toEqual([
      201, 201, 403, 403,
    ])
  })

  it('are given to teams', () => {
    const groups = `/v2/repositories/acme/own/groups`
    const { id } = olga('GET', `${ORG}/groups/developers`).json
    expect(tom('POST', groups, { group_id: id, permission: 'admin' }).status).toBe(404)
    expect(olga('POST', groups, { group_id: id, permission: 'admin' }).json).toEqual({
      group_name: 'developers',
      permission: 'admin',
      group_id: id,
    })
    expect(tom('GET', `${REPO}/own`).json.permissions.admin).toBe(true)
    expect(olga('POST', groups, { group_id: 1, permission: 'read' }).status).toBe(404)
    expect(olga('POST', groups, { group_id: id, permission: 'all' }).status).toBe(400)
    expect(olga('GET', groups).json.results).toHaveLength(1)
    expect(olga('DELETE', `${groups}/${id}`).status).toBe(204)
    expect(tom('GET', `${REPO}/own`).status).toBe(404)
  })
})

describe('an organisation', () => {
  it('is made, and shares its names with the accounts', () => {
    const made = eve('POST', '/v2/orgs/', { orgname: 'evecorp', full_name: 'Eve & Co' })
    expect(made.json).toMatchObject({ orgname: 'evecorp', full_name: 'Eve & Co', type: 'Organization' })
    expect(made.status).toBe(201)
    expect(eve('GET', '/v2/user/orgs').json.results).toEqual([made.json])
    expect(eve('POST', '/v2/orgs', { orgname: 'acme' }).status).toBe(400)
    expect(eve('POST', '/v2/orgs', { orgname: 'olga' }).status).toBe(400)
    expect(eve('POST', '/v2/orgs', { orgname: 'A B' }).status).toBe(400)
    expect(caller(tank)('GET', '/v2/orgs/acme').json.full_name).toBe('Acme Corporation')
    expect(caller(tank)('GET', '/v2/users/acme').json).toMatchObject({ username: 'acme', type: 'Organization' })
    expect(caller(tank)('GET', '/v2/orgs/none').status).toBe(404)
  })

  it('has settings', () => {
    const settings = { enabled: true, allow_official_images: true, allow_verified_publishers: false }
    expect(mia('GET', `${ORG}/settings`).json.restricted_images.enabled).toBe(false)
    expect(mia('PUT', `${ORG}/settings`, { restricted_images: settings }).status).toBe(403)
    expect(olga('PUT', `${ORG}/settings`, { restricted_images: { enabled: true } }).status).toBe(400)
    expect(olga('PUT', `${ORG}/settings`, {}).status).toBe(400)
    expect(olga('PUT', `${ORG}/settings`, { restricted_images: settings }).json).toEqual({
      restricted_images: settings,
    })
    expect([eve('GET', `${ORG}/settings`).status, caller(tank)('GET', `${ORG}/settings`).status]).toEqual([403, 401])
  })
})

describe('members', () => {
  it('are listed with their teams', () => {
    const list = mia('GET', `${ORG}/members`)
    expect(list.json.count).toBe(4)
    expect(list.json.results.find(({ username }: { username: string }) => username === 'tom')).toMatchObject({
      email: 'tom@example.com',
      role: 'Member',
      groups: ['developers'],
      type: 'User',
      is_guest: false,
    })
    expect(namesOf(mia('GET', `${ORG}/members?role=owner`), 'username')).toEqual(['olga'])
    expect(namesOf(mia('GET', `${ORG}/members?search=ED@`), 'username')).toEqual(['ed'])
    expect(eve('GET', `${ORG}/members`).status).toBe(403)
    expect(eve('GET', '/v2/orgs/none/members').status).toBe(404)
  })

  it('are written out as a table', () => {
    const { headers, text } = olga('GET', `${ORG}/members/export`)
    expect(headers).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': 'attachment;filename="acme-members-20250101T000000Z.csv"',
    })
    expect(text.split('\n')[0]).toBe('Name,Username,Email,Type,Permission,Teams,Date Joined')
    expect(text).toContain(',tom,tom@example.com,User,Member,developers,2025-01-01 00:00:00 +0000 UTC\n')
  })

  it('change roles and leave, but for the last owner', () => {
    expect(olga('PUT', `${ORG}/members/ed`, { role: 'owner' }).json).toMatchObject({ username: 'ed', role: 'Owner' })
    expect(olga('PUT', `${ORG}/members/olga`, { role: 'member' }).json.role).toBe('Member')
    expect(olga('PUT', `${ORG}/members/mia`, { role: 'owner' }).status).toBe(403)
    expect(ed('DELETE', `${ORG}/members/ed`)).toMatchObject({
      status: 400,
      json: { message: 'an organization must have at least one owner' },
    })
    expect(ed('PUT', `${ORG}/members/ed`, { role: 'member' }).status).toBe(400)
    expect(ed('PUT', `${ORG}/members/eve`, { role: 'member' }).status).toBe(404)
    expect(ed('PUT', `${ORG}/members/mia`, { role: 'king' }).status).toBe(400)
    expect(ed('DELETE', `${ORG}/members/tom`).status).toBe(204)
    expect(tom('GET', `${REPO}/api`).status).toBe(404)
    expect(ed('GET', `${ORG}/groups/developers`).json.member_count).toBe(0)
    expect(mia('DELETE', `${ORG}/members/mia`).status).toBe(204)
  })
})

describe('groups', () => {
  it('are made, changed and deleted by owners', () => {
    const made = olga('POST', `${ORG}/groups`, { name: 'testers', description: 'who test' })
    expect([made.status, made.json]).toEqual([
      201,
      { id: expect.any(Number), uuid: expect.any(String), name: 'testers', description: 'who test', member_count: 0 },
    ])
    expect(olga('POST', `${ORG}/groups`, { name: 'testers' }).status).toBe(400)
    expect(olga('POST', `${ORG}/groups`, { name: 'owners' }).status).toBe(400)
    expect(ed('POST', `${ORG}/groups`, { name: 'others' }).status).toBe(403)
    expect(namesOf(mia('GET', `${ORG}/groups`))).toEqual(['developers', 'owners', 'testers'])
    expect(namesOf(mia('GET', `${ORG}/groups?username=tom`))).toEqual(['developers'])
    expect(olga('PATCH', `${ORG}/groups/testers`, { name: 'qa' }).json).toMatchObject({
      id: made.json.id,
      name: 'qa',
      description: 'who test',
    })
    expect(olga('PUT', `${ORG}/groups/qa`, { name: 'qa' }).json.description).toBe('')
    expect(olga('PATCH', `${ORG}/groups/owners`, { name: 'kings' }).status).toBe(400)
    expect(olga('DELETE', `${ORG}/groups/qa`).status).toBe(204)
    expect(olga('GET', `${ORG}/groups/qa`).status).toBe(404)
    expect(olga('DELETE', `${ORG}/groups/developers`).status).toBe(204)
    expect(tom('GET', `${REPO}/api`).status).toBe(404)
  })

  it('have members; whoever joins one joins the organisation', () => {
    const members = `${ORG}/groups/developers/members`
    expect(olga('POST', members, { member: 'eve' }).status).toBe(200)
    expect(namesOf(olga('GET', members), 'username')).toEqual(['eve', 'tom'])
    expect(olga('GET', members).json.results[0].email).toBe('eve@example.com')
    expect(mia('GET', members).json.results[0]).not.toHaveProperty('email')
    expect(eve('GET', `${REPO}/api`).json.permissions.write).toBe(true)
    expect(olga('POST', members, { member: 'nobody' }).status).toBe(404)
    expect(tom('POST', members, { member: 'mia' }).status).toBe(403)
    expect(olga('DELETE', `${members}/eve`).status).toBe(204)
    expect([eve('GET', `${REPO}/api`).status, eve('GET', `${ORG}/members`).status]).toEqual([404, 200])
    expect(olga('DELETE', `${members}/eve`).status).toBe(404)
  })

  it('of the owners is a matter of roles', () => {
    const owners = `${ORG}/groups/owners/members`
    olga('POST', owners, { member: 'mia' })
    expect(namesOf(olga('GET', `${ORG}/members?role=owner`), 'username')).toEqual(['mia', 'olga'])
    expect(olga('DELETE', `${owners}/mia`).status).toBe(204)
    expect(olga('DELETE', `${owners}/olga`).status).toBe(400)
    expect(olga('DELETE', `${owners}/tom`).status).toBe(404)
  })
})

describe('invites', () => {
  const invite = (invitees: string[], more = {}) =>
    olga('POST', '/v2/invites/bulk', { org: 'acme', team: 'developers', role: 'member', invitees, ...more })

  it('are mailed to those who can be invited', () => {
    const said = invite(['eve', 'new@example.com', 'tom', 'no one'])
    expect(said.status).toBe(202)
    expect(said.json.invitees.invitees.map(({ status }: { status: string }) => status)).toEqual([
      'invited',
      'invited',
      'existing_org_member',
      'invalid_email_or_docker_id',
    ])
    expect(said.json.invitees.invitees[0].invite).toMatchObject({
      inviter_username: 'olga',
      invitee: 'eve',
      org: 'acme',
      team: 'developers',
    })
    expect(tank.mailbox.map(({ to }) => to)).toEqual(['eve@example.com', 'new@example.com'])
    expect(olga('GET', `${ORG}/invites`).json.data).toHaveLength(2)
    expect(namesOf(olga('GET', `${ORG}/members?type=invitee`), 'email')).toEqual(['', 'new@example.com'])
    expect(invite(['eve']).json.invitees.invitees[0].status).toBe('already_invited')
    expect([
      mia('GET', `${ORG}/invites`).status,
      mia('POST', '/v2/invites/bulk', { org: 'acme', invitees: ['x'] }).status,
    ]).toEqual([403, 403])
  })

  it('change nothing where they are only tried', () => {
    expect(invite(['eve'], { dry_run: true }).json.invitees.invitees).toEqual([{ invitee: 'eve', status: 'invited' }])
    expect([tank.mailbox.length, olga('GET', `${ORG}/invites`).json.data]).toEqual([0, []])
    expect(invite([]).status).toBe(400)
    expect(invite(['eve'], { team: 'none' }).status).toBe(404)
  })

  it('are sent again, cancelled, or accepted by their link', () => {
    const [first, second] = invite(['eve', 'mia2@example.com']).json.invitees.invitees
    expect(olga('PATCH', `/v2/invites/${first.invite.id}/resend`).status).toBe(204)
    expect(tank.mailbox).toHaveLength(3)
    expect(eve('DELETE', `/v2/invites/${second.invite.id}`).status).toBe(403)
    expect(olga('DELETE', `/v2/invites/${second.invite.id}`).status).toBe(204)
    expect(olga('DELETE', `/v2/invites/${second.invite.id}`).status).toBe(404)
    const { link } = tank.mailbox[0]!
    expect(ask(tank, 'GET', link).text).toContain('You are a member of acme now.')
    expect(eve('GET', `${REPO}/api`).json.permissions).toEqual({ read: true, write: true, admin: false })
    expect(ask(tank, 'GET', link).status).toBe(404)
    expect(ask(tank, 'GET', tank.mailbox[1]!.link).status).toBe(404)
  })
})

it('is told of at its own address alone', () => {
  expect(ask(tank, 'GET', `${API}/v2/nowhere`).status).toBe(404)
})
