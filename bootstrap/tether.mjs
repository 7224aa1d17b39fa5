/**
 * Loaded before a program that the bootstrap runs: ends it, as by SIGTERM, when the bootstrap has
 * gone, however that was. The other end of the pipe tells. Threads and children of the program
 * are not tethered: the note is taken out of the environment before they exist.
 */
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

const fd = Number(process.env.GRIDKEEPER_TETHER)
if (isMainThread && fd) {
  delete process.env.GRIDKEEPER_TETHER
  const pipe = new Socket({ fd, readable: true, writable: false })
  pipe.on('end', () => process.kill(process.pid, 'SIGTERM'))
  pipe.on('error', () => process.kill(process.pid, 'SIGTERM'))
  pipe.resume()
  pipe.unref()
}
