/** Messages of a build's stream. */
export const stream = (text: string) => ({ stream: text })

export const short = (id: string): string => id.replace('sha256:', '').slice(0, 12)

/** What a step ends with; nothing was made yet after `FROM scratch`. */
export const arrow = (image: string) => stream(` ---> ${short(image)}\n`)

export const usingCache = stream(' ---> Using cache\n')

export const runningIn = (container: string) => stream(` ---> Running in ${short(container)}\n`)

export const removed = (container: string) => stream(` ---> Removed intermediate container ${short(container)}\n`)

/** The image that a stage made, for programs. */
export const aux = (image: string) => ({ aux: { ID: image } })
