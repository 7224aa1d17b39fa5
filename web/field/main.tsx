import '../no-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { whoAmI } from '#contract/session.ts'
import { openClient } from '../ask.ts'
import '../ui/base.css'
import '../ui/mode.ts'
import { phone, watchNetwork } from './day/store.ts'
import { Field } from './Field.tsx'

/** A session that ended meanwhile: asking who is signed in again brings the sign-in page. */
const client = openClient(
  (question) => {
    if (question !== whoAmI.operationId) askAgain()
  },
  // Asked without a network as well: the answer that there is none opens the list in the hand.
  { networkMode: 'always' },
)
const askAgain = () => void client.invalidateQueries({ queryKey: [whoAmI.operationId] })

void phone.look()
watchNetwork(askAgain)
// A page that was opened without a network learns who is signed in, and the rest, once there is one.
addEventListener('online', () => void client.invalidateQueries())
if (import.meta.env.PROD && navigator.serviceWorker)
  void navigator.serviceWorker.register('/field-worker.js', { scope: '/field' })

const place = document.getElementById('app')
if (!place) throw new Error('The page has no place for the phone’s pages.')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Field />
    </QueryClientProvider>
  </StrictMode>,
)
