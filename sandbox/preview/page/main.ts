import { watchConsole } from './console.ts'
import { openEdits } from './edits.ts'
import { watchErrors } from './errors.ts'
import { openCamera } from './picture.ts'
import { openPicker } from './pick.ts'
import { watchRequests } from './requests.ts'
import { openRoutes } from './routes.ts'
import { openTalk } from './talk.ts'

// Runs in the app's page, in the preview alone: tells the window that shows it in a frame what happens in the app.
// Without such a window it does nothing.
if (parent !== window) {
  const talk = openTalk((document.currentScript?.dataset['origins'] ?? '').split(' ').filter(Boolean))
  // Before what watches the app's requests, so that our own are not among them.
  openCamera(talk)
  watchConsole(talk)
  watchErrors(talk)
  watchRequests(talk)
  const routes = openRoutes(talk)
  const edits = openEdits(talk)
  const picker = openPicker(talk, edits.choose)
  talk.on('listen', () => {
    talk.say({ everjust: 'ready', kind: 'page' })
    routes.say()
  })
  talk.on('pick', () => picker.pick())
  talk.on('leave', () => picker.leave())
}
