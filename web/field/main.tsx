import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openClient } from '../ask.ts'
import '../ui/base.css'
import '../ui/mode.ts'
import { Field } from './Field.tsx'

const client = openClient()

const place = document.getElementById('app')
if (!place) throw new Error('The page has no place for the phone’s pages.')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Field />
    </QueryClientProvider>
  </StrictMode>,
)
