// Judges one JSON case a line with the phone's rules; the server's tests compare what it says.
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const server = await createServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const load = (name) => server.ssrLoadModule(`/src/domain/${name}.ts`)
const { inForce } = await load('inForce')
const { complete } = await load('completeness')
const { score } = await load('scoring')
const { explain, whatIf } = await load('explaining')

for await (const line of createInterface({ input: process.stdin })) {
  const { content, context, rounds, answers, on_date, earlier, closed } = JSON.parse(line)
  const asked = inForce(content, context, answers, rounds, on_date)
  const told = {
    content: asked,
    gaps: complete(asked, answers, on_date).map((gap) => [gap.item_key, gap.code]),
    score: score(asked, answers, on_date, earlier),
    explanation: explain(asked, answers, on_date, earlier),
    what_if: whatIf(asked, answers, on_date, closed),
  }
  if (!process.stdout.write(`${JSON.stringify(told)}\n`)) await new Promise((done) => process.stdout.once('drain', done))
}
await server.close()
