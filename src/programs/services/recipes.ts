import { WELCOME } from './nginx-welcome.ts'
import { MYSQL_VERSION, NGINX_VERSION, POSTGRES_VERSION, RABBITMQ_VERSION, REDIS_VERSION } from './versions.ts'

/** What makes an official image out of a base that has busybox: the same configuration as on Docker Hub, and which programs stand behind its files. */
export interface Recipe {
  /** `library/nginx`, `testcontainers/ryuk` */
  readonly repository: string
  readonly tags: readonly string[]
  /** `scratch` has no shell. */
  readonly base: 'alpine' | 'debian' | 'scratch'
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly env: readonly string[]
  readonly exposedPorts?: readonly string[]
  readonly volumes?: readonly string[]
  readonly workingDir?: string
  readonly stopSignal?: string
  /** Path → program of the catalog. */
  readonly executables: Readonly<Record<string, string>>
  readonly directories?: readonly string[]
  /** Path → content. */
  readonly files?: Readonly<Record<string, string>>
  /** Path → where it points. */
  readonly symlinks?: Readonly<Record<string, string>>
  /** Rows for /etc/passwd and /etc/group. */
  readonly users?: readonly { readonly name: string; readonly id: number; readonly home: string }[]
}

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const PATH = `PATH=${SYSTEM_PATH}`

export const recipes: readonly Recipe[] = [
  {
    repository: 'library/nginx',
    tags: ['latest', '1.27', NGINX_VERSION],
    base: 'debian',
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['nginx', '-g', 'daemon off;'],
    env: [
      PATH,
      `NGINX_VERSION=${NGINX_VERSION}`,
      'NJS_VERSION=0.8.10',
      'NJS_RELEASE=1~bookworm',
      'PKG_RELEASE=1~bookworm',
      'DYNPKG_RELEASE=1~bookworm',
    ],
    exposedPorts: ['80/tcp'],
    stopSignal: 'SIGQUIT',
    executables: { '/docker-entrypoint.sh': 'nginx-entrypoint', '/usr/sbin/nginx': 'nginx', '/usr/bin/curl': 'curl' },
    directories: [
      '/docker-entrypoint.d',
      '/etc/nginx/conf.d',
      '/usr/share/nginx/html',
      '/var/log/nginx',
      '/var/cache/nginx',
    ],
    files: {
      '/usr/share/nginx/html/index.html': WELCOME,
      '/etc/nginx/nginx.conf':
        'user  nginx;\nworker_processes  auto;\n\nevents {\n    worker_connections  1024;\n}\n\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n',
      '/etc/nginx/conf.d/default.conf':
        'server {\n    listen       80;\n    server_name  localhost;\n\n    location / {\n        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n}\n',
    },
    symlinks: { '/var/log/nginx/access.log': '/dev/stdout', '/var/log/nginx/error.log': '/dev/stderr' },
    users: [{ name: 'nginx', id: 101, home: '/nonexistent' }],
  },
  {
    repository: 'library/redis',
    tags: ['latest', '7', '7.4', REDIS_VERSION],
    base: 'debian',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['redis-server'],
    env: [PATH, 'GOSU_VERSION=1.17', `REDIS_VERSION=${REDIS_VERSION}`],
    exposedPorts: ['6379/tcp'],
    volumes: ['/data'],
    workingDir: '/data',
    executables: {
      '/usr/local/bin/docker-entrypoint.sh': 'redis-entrypoint',
      '/usr/local/bin/redis-server': 'redis-server',
      '/usr/local/bin/redis-cli': 'redis-cli',
    },
    directories: ['/data'],
    users: [{ name: 'redis', id: 999, home: '/home/redis' }],
  },
  {
    repository: 'library/postgres',
    tags: ['latest', '17', POSTGRES_VERSION],
    base: 'debian',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['postgres'],
    env: [
      `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/17/bin`,
      'GOSU_VERSION=1.17',
      'LANG=en_US.utf8',
      'PG_MAJOR=17',
      `PG_VERSION=${POSTGRES_VERSION}-1.pgdg120+2`,
      'PGDATA=/var/lib/postgresql/data',
    ],
    exposedPorts: ['5432/tcp'],
    volumes: ['/var/lib/postgresql/data'],
    stopSignal: 'SIGINT',
    executables: {
      '/usr/local/bin/docker-entrypoint.sh': 'postgres-entrypoint',
      '/usr/lib/postgresql/17/bin/postgres': 'postgres',
      '/usr/bin/psql': 'psql',
      '/usr/bin/pg_isready': 'pg_isready',
    },
    directories: ['/docker-entrypoint-initdb.d', '/var/lib/postgresql/data', '/var/run/postgresql'],
    users: [{ name: 'postgres', id: 999, home: '/var/lib/postgresql' }],
  },
  {
    repository: 'library/mysql',
    tags: ['latest', '8', '8.4', MYSQL_VERSION],
    base: 'debian',
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['mysqld'],
    env: [PATH, 'GOSU_VERSION=1.17', 'MYSQL_MAJOR=8.4', `MYSQL_VERSION=${MYSQL_VERSION}-1.el9`],
    exposedPorts: ['3306/tcp', '33060/tcp'],
    volumes: ['/var/lib/mysql'],
    executables: {
      '/usr/local/bin/docker-entrypoint.sh': 'mysql-entrypoint',
      '/usr/sbin/mysqld': 'mysqld',
      '/usr/bin/mysqladmin': 'mysqladmin',
    },
    directories: ['/docker-entrypoint-initdb.d', '/var/lib/mysql'],
    users: [{ name: 'mysql', id: 999, home: '/var/lib/mysql' }],
  },
  ...['', '-management'].map(
    (suffix): Recipe => ({
      repository: 'library/rabbitmq',
      tags:
        suffix === ''
          ? ['latest', '4', RABBITMQ_VERSION]
          : ['management', '4-management', `${RABBITMQ_VERSION}-management`],
      base: 'debian',
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['rabbitmq-server'],
      env: [
        `PATH=/opt/rabbitmq/sbin:/opt/erlang/bin:/opt/openssl/bin:${SYSTEM_PATH}`,
        'RABBITMQ_DATA_DIR=/var/lib/rabbitmq',
        `RABBITMQ_VERSION=${RABBITMQ_VERSION}`,
        'HOME=/var/lib/rabbitmq',
        'LANG=C.UTF-8',
      ],
      exposedPorts: [
        '15691/tcp',
        '15692/tcp',
        '25672/tcp',
        '4369/tcp',
        '5671/tcp',
        '5672/tcp',
        ...(suffix === '' ? [] : ['15671/tcp', '15672/tcp']),
      ],
      volumes: ['/var/lib/rabbitmq'],
      executables: {
        '/usr/local/bin/docker-entrypoint.sh': 'rabbitmq-entrypoint',
        '/opt/rabbitmq/sbin/rabbitmq-server': 'rabbitmq-server',
        '/opt/rabbitmq/sbin/rabbitmq-diagnostics': 'rabbitmq-diagnostics',
      },
      directories: ['/var/lib/rabbitmq'],
      users: [{ name: 'rabbitmq', id: 999, home: '/var/lib/rabbitmq' }],
    }),
  ),
  {
    repository: 'library/httpd',
    tags: ['latest', '2', '2.4'],
    base: 'debian',
    cmd: ['httpd-foreground'],
    env: [`PATH=/usr/local/apache2/bin:${SYSTEM_PATH}`, 'HTTPD_PREFIX=/usr/local/apache2', 'HTTPD_VERSION=2.4.63'],
    exposedPorts: ['80/tcp'],
    workingDir: '/usr/local/apache2',
    stopSignal: 'SIGWINCH',
    executables: { '/usr/local/bin/httpd-foreground': 'httpd-foreground', '/usr/local/apache2/bin/httpd': 'apache' },
    directories: ['/usr/local/apache2/htdocs'],
    files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
  },
  {
    repository: 'library/registry',
    tags: ['latest', '2'],
    base: 'alpine',
    entrypoint: ['/entrypoint.sh'],
    cmd: ['/etc/docker/registry/config.yml'],
    env: [PATH],
    exposedPorts: ['5000/tcp'],
    volumes: ['/var/lib/registry'],
    executables: { '/entrypoint.sh': 'registry-entrypoint', '/bin/registry': 'registry' },
    directories: ['/var/lib/registry', '/etc/docker/registry'],
    files: {
      '/etc/docker/registry/config.yml':
        'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n',
    },
  },
  {
    repository: 'testcontainers/ryuk',
    tags: ['latest', '0.14.0', '0.11.0'],
    base: 'scratch',
    entrypoint: ['/bin/ryuk'],
    env: [PATH],
    executables: { '/bin/ryuk': 'ryuk' },
  },
  {
    repository: 'curlimages/curl',
    tags: ['latest', '8.9.1'],
    base: 'alpine',
    entrypoint: ['/entrypoint.sh'],
    cmd: ['curl'],
    env: [PATH],
    executables: { '/entrypoint.sh': 'curl-entrypoint', '/usr/bin/curl': 'curl' },
  },
]
