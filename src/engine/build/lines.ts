/** Messages of a build's stream. */
export const stream = (text: string) => ({ stream: text })

export const short = (id: string): string => id.replace('sha256:', '').slice(0, 12)

export const arrow = (image: string) => stream(` ---> ${short(image)}\n`)

export const usingCache = stream(' ---> Using cache\n')

export const runningIn = (container: string) => stream(` ---> Running in ${short(container)}\n`)

export const removed = (container: string) => stream(` ---> Removed intermediate container ${short(container)}\n`)
