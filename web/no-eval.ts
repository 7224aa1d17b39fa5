import { z } from 'zod'

// Schemas try whether they may make code of text; our policy of content forbids it, and browsers
// report the attempt. Each page imports this before anything that describes what it reads.
z.config({ jitless: true })
