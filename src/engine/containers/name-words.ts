const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** How a container without a name is. */
export const adjectives = words(`
  able amber ample ardent blithe bold brave breezy bright brisk calm candid careful cheerful clever coastal cool cosmic
  crisp curious daring dazzling deft devoted dreamy eager earnest easy elated elegant faithful fearless festive fluent
  focused fond fresh friendly gallant generous gentle gifted glad graceful grand happy hardy hearty heuristic honest
  hopeful humble inspiring jolly jovial keen kind lively loyal lucid lucky mellow merry mighty modest musing nifty nimble
  noble optimistic patient peaceful placid playful plucky practical proud quick quiet quirky radiant ready relaxed
  reliable robust romantic sage serene sharp silent sincere sleepy snappy soaring sparkling stoic sturdy sunny sweet swift
  tender thoughtful tidal trusting upbeat vibrant vigilant vivid warm wistful witty wizardly wonderful zealous zen
`)

/** Whom it is named after: people of science, engineering and computing. */
export const surnames = words(`
  abel agnesi alhazen ampere archimedes aryabhata babbage bardeen bartik becquerel bell bhabha bohr boltzmann booth born
  bose brahmagupta brattain carson carver cayley cerf chandrasekhar clarke copernicus cori cray curie darwin davinci
  descartes dijkstra dirac driscoll easley edison ehrlich einstein elion engelbart euclid euler faraday fermat fermi
  feynman franklin galileo galois gauss germain goldberg goldwasser goodall hamilton hawking heisenberg hertz herschel
  hodgkin hopper hoover huygens hypatia jang jennings joliot joule kapitsa kare kepler khayyam khorana kilby kirch knuth
  kovalevsky lalande lamarr lamport laplace leakey leavitt lederberg liskov lovelace lumiere mahavira maxwell mayer
  mccarthy mcclintock meitner mendel mendeleev mirzakhani moore morse napier nash newton nightingale nobel noether noyce
  panini pare pascal pasteur payne perlman pike planck poincare ptolemy raman ramanujan ride ritchie roentgen rosalind
  rubin saha sammet shannon shaw shockley sinoussi snyder spence stallman stonebraker swanson swartz tesla thompson
  torvalds turing varahamihira volhard wescoff wilbur wiles williams wilson wing wozniak wright wu yalow yonath
`)
