/**
 * Loaded before a program that the bootstrap runs: ends it when the bootstrap has gone, however
 * that was; by SIGTERM first, and two seconds later, be it in the middle of a long work, by force.
 * The other end of the pipe tells. Threads and children of the program are not tethered: the note
 * is taken out of the environment before they exist.
 */
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

const fd = Number(process.env.GRIDKEEPER_TETHER)
if (isMainThread && fd) {
  delete process.env.GRIDKEEPER_TETHER
  const pipe = new Socket({ fd, readable: true, writable: false })
  pipe.on('close', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2_000).unref()
  })
  pipe.on('error', () => {}) // then it closes as well
  pipe.resume()
  pipe.unref()
}
