export const help = `wavetank: a whole Docker Engine and a whole Docker Hub in memory. Nothing of this machine is ever run.

Usage:
  wavetank serve [--socket PATH] [--port PORT] [--host ADDRESS] [--seed SEED] [--clock MODE] [--no-publish]
                 [--registry PORT | --no-registry] [--bandwidth BYTES] [--latency TIME]
      Serves until it is interrupted. Without --socket and --port it listens on port 2375.
      Published ports of containers open on this machine too, at the same address, unless --no-publish.
      A registry of its own opens on port 5000, or another where that one is taken: docker push 127.0.0.1:5000/…
  wavetank exec [--seed SEED] [--clock MODE] [--bandwidth BYTES] [--latency TIME] -- COMMAND...
      Runs COMMAND with DOCKER_HOST set to a tank of its own, and ends with its status.
  wavetank trace [the same] -- COMMAND...
      As exec; then a sequence diagram (Mermaid) of all requests follows on standard error, those to registries too.
  wavetank tour [--http]
      Shows what a tank does, with the docker CLI where there is one and not --http.

Options:
  --socket PATH     a unix socket; a file left behind by a dead server is replaced
  --port PORT       a TCP port; 0 is any free one
  --host ADDRESS    the address of the port (default 127.0.0.1: only this machine gets in)
  --registry PORT   the port of the registry; 0 is any free one
  --seed SEED       ids, names, ports and addresses come from it (default: wavetank)
  --clock MODE      real: the wall clock (default of serve); auto: time jumps to what somebody waits for (default otherwise);
                    manual: it stands still
  --bandwidth BYTES bytes a second between the daemon and its registries, such as 500k or 2M (default: no limit)
  --latency TIME    how long each of their requests takes beside, such as 50ms (default: none)
  -h, --help        this text
  -v, --version     the version`
