import type { HubRoute } from '../verb.ts'

const page = (text: string, status = 200) => ({
  status,
  headers: [['Content-Type', 'text/html; charset=utf-8']] as const,
  text: `<!DOCTYPE html>\n<title>Docker Hub</title>\n<p>${text}</p>\n`,
})

const confirmEmail = (path: string): HubRoute => ({
  method: 'GET',
  path,
  operationId: 'AccountConfirm',
  command: ({ params }) => ({ type: 'AccountConfirm', key: params.key! }),
  reply: ({ state, input }) => {
    const { to } = state.mailbox.byKey.get(input.params.key!)!
    return page(`You have confirmed ${to.replace(/&/g, '&amp;').replace(/</g, '&lt;')}.`)
  },
  refuse: ({ message }) => page(message, 404),
})

/** On `hub.docker.com`: what the links of e-mails lead to. */
export const accountRoutes: readonly HubRoute[] = [
  confirmEmail('/account/confirm-email/:key/'),
  confirmEmail('/account/confirm-email/:key'),
]
