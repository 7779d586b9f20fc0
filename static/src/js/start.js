// What JavaScript adds to pages that work without it.
import { initAll } from '../govuk-frontend.min.js'
import { startAutosave } from './autosave.js'
import { startModeration } from './moderation.js'
import { startProgress } from './progress.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
startAutosave()
startProgress()
startModeration()
