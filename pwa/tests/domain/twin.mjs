// Scores one JSON case a line with the phone's rules; the server's tests compare the answers.
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
const { score } = await server.ssrLoadModule('/src/domain/scoring.ts')
const { complete } = await server.ssrLoadModule('/src/domain/completeness.ts')
for await (const line of createInterface({ input: process.stdin })) {
  const { content, answers, on_date } = JSON.parse(line)
  const gaps = complete(content, answers, on_date).map((gap) => [gap.item_key, gap.code])
  process.stdout.write(`${JSON.stringify({ score: score(content, answers, on_date), gaps })}\n`)
}
await server.close()
