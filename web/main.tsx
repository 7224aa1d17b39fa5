import './no-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import english from 'antd/locale/en_US.js'
import chinese from 'antd/locale/zh_CN.js'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openClient } from './ask.ts'
import { useLanguage } from './language.ts'
import { openRouter } from './routes.tsx'
import './ui/base.css'
import { useMode, useStill } from './ui/mode.ts'
import { themeOf } from './ui/theme.ts'

const client = openClient(signedOut)
const router = openRouter(client)

/** A session that ended meanwhile begins anew where the page stands. */
function signedOut(): void {
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  void router.navigate({ to: '/sign-in', search: { next: href } })
}

/** The console: the browser’s face of Gridkeeper for halls, managers and the county office. */
function Console(): ReactNode {
  const language = useLanguage()
  return (
    <ConfigProvider
      theme={themeOf(useMode(), useStill())}
      locale={(language === 'zh' ? chinese : english).default}
      button={{ autoInsertSpace: false }}
    >
      <App component={false}>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  )
}

const place = document.getElementById('app')
if (!place) throw new Error('The page has no place for the console.')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Console />
    </QueryClientProvider>
  </StrictMode>,
)
