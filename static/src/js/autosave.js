// Saves a draft as it is typed. Forms that carry data-autosave post themselves to their own address.

const PAUSE = 1200

export function startAutosave () {
  document.querySelectorAll('form[data-autosave]').forEach(watch)
}

function watch (form) {
  const status = form.querySelector('[data-autosave-status]')
  let timer = null
  let running = false
  let again = false
  let waiting

  const say = (text) => { if (status && status.textContent !== text) status.textContent = text }

  async function save () {
    if (running) { again = true; return }
    running = true
    try {
      const response = await fetch(form.getAttribute('action') || window.location.href, {
        method: 'POST',
        headers: { 'X-Autosave': '1' },
        body: new FormData(form),
        credentials: 'same-origin'
      })
      const told = await response.json().catch(() => ({}))
      if (response.ok) {
        if (told.version !== undefined && form.elements.version) form.elements.version.value = told.version
        say(told.saved_at ? `Draft saved at ${told.saved_at}` : 'Draft saved')
        if (told.progress) document.querySelectorAll('[data-progress]').forEach((line) => { line.textContent = told.progress })
      } else if (response.status === 409) {
        say('A colleague saved a newer version. Use the save button to see both versions.')
      } else if (response.status === 422) {
        say('Not saved yet: something needs correcting. Use the save button to see what.')
      } else if (response.status === 401 || told.signed_out) {
        say('You have been signed out. Your text is kept and will be offered when you sign in again.')
      } else {
        say('The draft could not be saved just now. It will be tried again.')
        timer = setTimeout(save, 5000)
      }
    } catch {
      say('There is no connection. The draft will be saved when there is one.')
      timer = setTimeout(save, 5000)
    } finally {
      running = false
      if (waiting !== undefined) {
        const button = waiting
        waiting = undefined
        form.requestSubmit(button)
      } else if (again) { again = false; save() }
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  })
  // A button waits for the draft that is on its way: it would otherwise carry the version before.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    again = false
    if (running) { event.preventDefault(); waiting = event.submitter }
  })
}
