import { USER_SCHEMA } from './user.ts'

/** What this provider can do, and how users are made up: RFC 7643 §5 to §7, as the API reference shows it. */
export const SERVICE_PROVIDER_CONFIG = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  documentationUri: '',
  patch: { supported: false },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 99_999 },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: false },
  authenticationSchemes: {
    name: 'OAuth 2.0 Bearer Token',
    description:
      'Authentication by a bearer token of RFC 6750, which an owner of the organization gives to the identity provider.',
    specUri: 'http://tools.ietf.org/html/rfc6750',
    type: 'oauthbearertoken',
  },
}

export const RESOURCE_TYPES = [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    description: 'User',
    endpoint: '/Users',
    schema: USER_SCHEMA,
  },
]

type Kind = 'string' | 'boolean' | 'complex'

const attribute = (name: string, type: Kind, description: string, more: object = {}) => ({
  name,
  type,
  multiValued: false,
  description,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
})

const READ_ONLY = { mutability: 'readOnly' }

export const SCHEMAS = [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: USER_SCHEMA,
    name: 'User',
    description: 'User Account',
    attributes: [
      attribute('userName', 'string', 'The address by which the user is known to the provider.', {
        required: true,
        uniqueness: 'server',
      }),
      attribute('name', 'complex', 'What the user is called.', {
        subAttributes: [
          attribute('givenName', 'string', 'The first name.'),
          attribute('familyName', 'string', 'The last name.'),
        ],
      }),
      attribute('displayName', 'string', 'The Docker ID.', READ_ONLY),
      attribute('active', 'boolean', 'Whether the user is a member of the organization.'),
      attribute('emails', 'complex', 'The addresses of the user.', {
        ...READ_ONLY,
        multiValued: true,
        subAttributes: [
          attribute('value', 'string', 'The address.', READ_ONLY),
          attribute('display', 'string', 'The address as it is shown.', READ_ONLY),
          attribute('primary', 'boolean', 'Whether it is the first one.', READ_ONLY),
        ],
      }),
      attribute('groups', 'complex', 'The teams of the user.', {
        ...READ_ONLY,
        multiValued: true,
        subAttributes: [
          attribute('value', 'string', 'The name of the team.', READ_ONLY),
          attribute('display', 'string', 'The name as it is shown.', READ_ONLY),
        ],
      }),
    ],
  },
]

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** All of a few. */
export const listOf = (resources: readonly object[], more: object = {}) => ({
  schemas: [LIST],
  totalResults: resources.length,
  ...more,
  resources,
})
