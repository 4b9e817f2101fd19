import { type Package, type PackageTable, row } from '../package.ts'

/** `depends` of packages that bring many others stay out: their count does not matter to anybody's build. */
const one = (
  version: string,
  description: string,
  depends = '',
  commands: Readonly<Record<string, string>> = {},
): Package => ({
  ...row(version, 100, description, depends),
  bin: commands,
})

/** Packages that Dockerfiles ask for most. Commands by name. */
export const NPM: PackageTable = {
  '@types/node': one('22.7.5', 'TypeScript definitions for node', 'undici-types'),
  accepts: one('1.3.8', 'Higher-level content negotiation'),
  axios: one(
    '1.7.7',
    'Promise based HTTP client for the browser and node.js',
    'follow-redirects form-data proxy-from-env',
  ),
  'body-parser': one('1.20.3', 'Node.js body parsing middleware', 'debug qs'),
  chalk: one('5.3.0', 'Terminal string styling done right'),
  commander: one('12.1.0', 'the complete solution for node.js command-line programs'),
  cookie: one('0.7.2', 'HTTP server cookie parsing and serialization'),
  cors: one('2.8.5', 'Node.js CORS middleware', 'object-assign vary'),
  debug: one('4.3.7', 'Lightweight debugging utility for Node.js and the browser', 'ms'),
  dockerode: one('4.0.2', 'Docker Remote API module.'),
  dotenv: one('16.4.5', 'Loads environment variables from .env file'),
  esbuild: one('0.24.0', 'An extremely fast JavaScript and CSS bundler and minifier.', '', { esbuild: 'esbuild' }),
  eslint: one('9.12.0', 'An AST-based pattern checker for JavaScript.', '', { eslint: 'eslint' }),
  express: one('4.21.1', 'Fast, unopinionated, minimalist web framework', 'accepts body-parser cookie debug qs vary'),
  'follow-redirects': one('1.15.9', 'HTTP and HTTPS modules that follow redirects.'),
  'form-data': one('4.0.1', 'A library to create readable "multipart/form-data" streams.'),
  jest: one('29.7.0', 'Delightful JavaScript Testing.', '', { jest: 'jest' }),
  lodash: one('4.17.21', 'Lodash modular utilities.'),
  ms: one('2.1.3', 'Tiny millisecond conversion utility'),
  next: one('14.2.15', 'The React Framework', 'react react-dom', { next: 'next' }),
  nodemon: one('3.1.7', 'Simple monitor script for use during development of a Node.js app.', '', {
    nodemon: 'nodemon',
  }),
  'object-assign': one('4.1.1', 'ES2015 `Object.assign()` ponyfill'),
  pg: one('8.13.0', 'PostgreSQL client - pure javascript & libpq with the same API'),
  pm2: one('5.4.2', 'Production process manager for Node.JS applications with a built-in load balancer.', '', {
    pm2: 'pm2',
  }),
  pnpm: one('9.12.1', 'Fast, disk space efficient package manager', '', { pnpm: 'pnpm' }),
  prettier: one('3.3.3', 'Prettier is an opinionated code formatter', '', { prettier: 'prettier' }),
  'proxy-from-env': one('1.1.0', 'Offers getProxyForUrl to get the proxy URL for a URL.'),
  qs: one('6.13.0', 'A querystring parser that supports nesting and arrays, with a depth limit'),
  react: one('18.3.1', 'React is a JavaScript library for building user interfaces.'),
  'react-dom': one('18.3.1', 'React package for working with the DOM.', 'react'),
  redis: one('4.7.0', 'A modern, high performance Redis client'),
  'ts-node': one('10.9.2', 'TypeScript execution environment and REPL for node.js', 'typescript', {
    'ts-node': 'ts-node',
  }),
  typescript: one('5.6.3', 'TypeScript is a language for application scale JavaScript development', '', { tsc: 'tsc' }),
  'undici-types': one('6.19.8', 'A stand-alone types package for Undici'),
  uuid: one('10.0.0', 'RFC9562 UUIDs'),
  vary: one('1.1.2', 'Manipulate the HTTP Vary header'),
  vite: one('5.4.8', 'Native-ESM powered web dev build tool', 'esbuild', { vite: 'vite' }),
  vitest: one('2.1.2', 'Next generation testing framework powered by Vite', 'vite', { vitest: 'vitest' }),
  yarn: one('1.22.22', 'Fast, reliable, and secure dependency management.', '', { yarn: 'yarn', yarnpkg: 'yarn' }),
  zod: one('3.23.8', 'TypeScript-first schema declaration and validation library with static type inference'),
}
